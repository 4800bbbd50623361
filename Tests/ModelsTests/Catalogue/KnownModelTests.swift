import Models
import Testing

@Suite("Known models")
struct KnownModelTests {
  @Test(
    "are found by name and by dated name",
    arguments: [
      ("gpt-5.4-mini", "gpt-5.4-mini"), ("gpt-5.4-mini-2026-03-17", "gpt-5.4-mini"),
      ("gpt-4o-2024-08-06", "gpt-4o"), ("models/gemini-2.5-flash", "gemini-2.5-flash"),
      ("command-a-03-2025", "command-a-03-2025"), ("gpt-4o-audio", nil), ("llama3.2", nil), ("", nil),
      ("2024", nil), ("gpt-4o-2024-mini", nil),
    ] as [(String, String?)])
  func names(_ name: String, _ expected: String?) {
    #expect(KnownModel.named(name)?.name == expected)
  }

  @Test("cost what the list says, and unknown models nothing that could be told")
  func costs() throws {
    let usage = Usage(promptTokens: 3_000_000, completionTokens: 1_000_000, cachedTokens: 1_000_000)
    let cost = try #require(usage.cost(of: "gpt-5.4-mini"))
    #expect(abs(cost - (2 * 0.75 + 0.075 + 4.5)) < 1e-9)
    #expect(Usage(promptTokens: 1_000_000).cost(of: "text-embedding-3-small") == 0.02)
    // Without a price for cached tokens they cost as much as others.
    #expect(Usage(promptTokens: 2_000_000, cachedTokens: 1_000_000).cost(of: "command-a-03-2025") == 5)
    #expect(Usage(promptTokens: 5).cost(of: "my-model") == nil)
    #expect(Usage(promptTokens: 5).cost(of: "rerank-v3.5") == nil)
    #expect(KnownModel.named("rerank-v3.5")?.searchPrice == 2)
  }

  @Test("usage adds up")
  func sums() {
    var usage = Usage(promptTokens: 1, completionTokens: 2, cachedTokens: 1)
    usage += Usage(promptTokens: 10, completionTokens: 20)
    #expect(usage == Usage(promptTokens: 11, completionTokens: 22, cachedTokens: 1))
    #expect(usage.totalTokens == 33)
  }
}
