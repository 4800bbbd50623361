import Testing

@testable import Models

@Suite("Provider endpoint")
struct ProviderEndpointTests {
  @Test(
    "takes addresses as people write them",
    arguments: [
      ("https://api.openai.com/v1", "https://api.openai.com/v1", "api.openai.com"),
      ("https://api.openai.com/v1/", "https://api.openai.com/v1", "api.openai.com"),
      ("http://localhost:8080/v1//", "http://localhost:8080/v1", "localhost:8080"),
      ("http://localhost:8080/v1/chat/completions/", "http://localhost:8080/v1", "localhost:8080"),
      ("http://u:p@h/v1/embeddings", "http://u:p@h/v1", "h"),
    ])
  func addresses(_ given: String, _ used: String, _ host: String) {
    let endpoint = ProviderEndpoint.openAI(baseURL: given) { nil }
    #expect(endpoint.baseURL == used)
    #expect(endpoint.host == host)
  }

  @Test("Cohere's version belongs to the paths")
  func cohere() {
    for given in ["https://api.cohere.com", "https://api.cohere.com/v2/", "https://api.cohere.com/v1"] {
      #expect(ProviderEndpoint.cohere(baseURL: given) { nil }.baseURL == "https://api.cohere.com")
    }
  }

  @Test(
    "the address tells what a server understands and whether it needs a key",
    arguments: [
      ("https://api.openai.com/v1", ProviderEndpoint.Dialect.openAI, true),
      ("https://eu.api.openai.com/v1", .openAI, true),
      ("https://x.openai.azure.com/openai/v1", .openAI, true),
      ("https://generativelanguage.googleapis.com/v1beta/openai/", .gemini, true),
      ("http://localhost:11434/v1", .compatible, false),
      ("https://api.openai.com.evil.example/v1", .compatible, false),
    ])
  func dialects(_ url: String, _ dialect: ProviderEndpoint.Dialect, _ requiresKey: Bool) {
    let endpoint = ProviderEndpoint.openAI(baseURL: url) { nil }
    #expect(endpoint.dialect == dialect)
    #expect(endpoint.requiresKey == requiresKey)
  }

  @Test(
    "keys are used without the white space around them",
    arguments: [(" k\n", "k"), ("", nil), (" \n", nil), (nil, nil), ("a b", "a b")] as [(String?, String?)])
  func keys(_ given: String?, _ used: String?) {
    #expect(ProviderEndpoint.openAI { given }.usableKey == used)
  }

  @Test("the nearest names come first")
  func nearest() {
    let names = ["a-1", "gpt-6", "gpt-5.4-mini", "gpt-5.4", "b"]
    #expect(
      ProviderConnection.nearest(to: "gpt-5-mini", among: names) == [
        "gpt-5.4-mini", "gpt-5.4", "gpt-6", "a-1", "b",
      ])
  }

  @Test(
    "models are told apart by name",
    arguments: [
      ("gpt-5.4", [ModelPurpose.chat]), ("text-embedding-3-small", [.embed]), ("rerank-v3.5", [.rerank]),
      ("whisper-1", []), ("gpt-4o-realtime-preview", []), ("gemini-embedding-001", [.embed]),
    ])
  func purposes(_ name: String, _ expected: [ModelPurpose]) {
    #expect([ModelPurpose.chat, .embed, .rerank].filter { $0.includes(name) } == expected)
  }
}
