import Commands
import FoundationEssentials
import Glibc
import Retrieval
import TestSupport
import Testing

@testable import Ingest

/// `ingest add --describe` against a local stand-in for OpenAI.
@Suite struct DescribeTests {
  private static let description = "It is about the Zanzibar walking robot."

  private func fake(_ pieces: [String] = [description], usage: (Int, Int) = (900, 30)) throws -> FakeOpenAI {
    try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(pieces, usage: usage)
    }
  }

  private func environment(_ fake: FakeOpenAI) -> [String: String] {
    [
      "OPENAI_API_KEY": fake.key, "OPENAI_BASE_URL": fake.baseURL, "OPENAI_MODEL": "gpt-5.4-mini",
    ]
  }

  private func withCorpus(_ body: (IngestFixture, FakeOpenAI, [String: String]) async throws -> Void)
    async throws
  {
    let ingest = try IngestFixture()
    try ingest.write("leg.md", "# Leg\n\nThe knee joint bends by 120 degrees.")
    try ingest.write("arm.md", "# Arm\n\nIt bends by 150 degrees.")
    let fake = try fake()
    try await body(ingest, fake, environment(fake))
  }

  private func asked(_ fake: FakeOpenAI) -> Int { fake.provider.bodies("/v1/chat/completions").count }

  @Test func `nothing is spent without a limit, and what it would cost is said first`() async throws {
    try await withCorpus { ingest, fake, environment in
      let refused = await ingest.run("add", ingest.documents, "--describe", environment: environment)
      #expect(refused.code == .usage && refused.messages.contains("2 to write"), "\(refused.messages)")
      #expect(refused.messages.contains("about $0.0") && refused.messages.contains("--describe-limit 0.0"))
      let dry = await ingest.run(
        "add", ingest.documents, "--describe", "--dry-run", "--json", environment: environment)
      let report = try dry.json(Report.self)
      #expect(dry.code == .success && report.descriptions?.described == 2)
      #expect((report.descriptions?.cost ?? 0) > 0 && (report.descriptions?.usage.promptTokens ?? 0) > 200)
      let poor = await ingest.run(
        "add", ingest.documents, "--describe", "--describe-limit", "100t", environment: environment)
      #expect(poor.code == .usage && poor.messages.contains("more than --describe-limit allows"))
      let none = await ingest.run("add", ingest.documents, "--describe", "--describe-limit", "1")
      #expect(none.code == .usage && none.messages.contains("--describe needs a chat model"))
      #expect(asked(fake) == 0)
    }
  }

  private struct Report: Decodable {
    struct Descriptions: Decodable {
      struct Usage: Decodable {
        var promptTokens: Int
      }
      var described: Int
      var known: Int
      var cost: Double?
      var usage: Usage
    }
    var descriptions: Descriptions?
  }

  @Test func `a description is searched for and embedded, but never cited, and is paid for once`()
    async throws
  {
    try await withCorpus { ingest, fake, environment in
      let add = ["add", ingest.documents, "--describe", "--describe-limit", "1", "--json"]
      let first = await ingest.run(add, environment: environment)
      #expect(first.code == .success, "\(first.messages)")
      #expect(try first.json(Report.self).descriptions?.described == 2 && asked(fake) == 2)
      #expect(fake.provider.violations == [])
      // Words that only the description holds find the chunk, and are not part of what is shown.
      let found = await ingest.run("search", "Zanzibar", "--mode", "lexical", "--json")
      #expect(found.output.contains("120 degrees") && !found.output.contains("walking robot"))
      let answer = await ingest.run("ask", "What is the Zanzibar walking robot about?", "--json")
      #expect(!answer.output.contains("It is about the Zanzibar"))
      let again = await ingest.run(add, environment: environment)
      #expect(again.code == .success && asked(fake) == 2)
      // Another document of the same content, or the same one removed and added again, is known.
      _ = await ingest.run("remove", ingest.documents + "/leg.md")
      let back = await ingest.run(add, environment: environment)
      #expect(try back.json(Report.self).descriptions?.known == 1 && asked(fake) == 2)
      try ingest.write("leg.md", "# Leg\n\nThe knee joint bends by 130 degrees.")
      _ = await ingest.run(add, environment: environment)
      #expect(asked(fake) == 3)
    }
  }

  @Test func `described chunks and others are not mixed`() async throws {
    try await withCorpus { ingest, fake, environment in
      _ = await ingest.run(
        "add", ingest.documents, "--describe", "--describe-limit", "1", environment: environment)
      let plain = await ingest.run("add", ingest.documents)
      #expect(plain.code == .failure && plain.messages.contains("described by 'gpt-5.4-mini;1'"))
      #expect(plain.messages.contains("--describe"))
      var other = environment
      other["OPENAI_MODEL"] = "gpt-4o"
      let changed = await ingest.run(
        "add", ingest.documents, "--describe", "--describe-limit", "1", environment: other)
      #expect(changed.code == .failure && changed.messages.contains("gpt-4o"))
      let asked = await ingest.run("ask", "How far does the knee joint bend?", "--json")
      #expect(
        asked.code == .success && asked.output.contains("120 degrees"), "questions need no descriptions")
      #expect(await ingest.run("reembed", "--model", ingest.model.path).code == .success)
      #expect(await ingest.run("add", ingest.documents).code == .failure, "reembedding keeps descriptions")
    }
  }

  @Test(arguments: [
    (Fault.answer(FakeOpenAI.error(429, code: "insufficient_quota")), "quota"),
    (.answer(FakeOpenAI.error(401, code: "invalid_api_key")), "OPENAI_API_KEY"),
  ])
  func `a provider that refuses ends the run, and what was described is kept`(fault: Fault, words: String)
    async throws
  {
    try await withCorpus { ingest, fake, environment in
      let add = ["add", ingest.documents, "--describe", "--describe-limit", "1", "--json"]
      try ingest.remove("leg.md")
      _ = await ingest.run(add, environment: environment)
      try ingest.write("leg.md", "# Leg\n\nThe knee joint bends by 120 degrees.")
      fake.provider.misbehave(fault)
      let failed = await ingest.run(add, environment: environment)
      #expect(failed.code == .failure && failed.messages.contains(words), "\(failed.messages)")
      #expect(await ingest.run("list").output.contains("arm.md"))
      let count = asked(fake)
      let after = await ingest.run(add, environment: environment)
      #expect(after.code == .success && asked(fake) == count + 1, "only what was missing is asked for")
    }
  }

  @Test func `a rate limit is waited for, and a text that is refused stays without a description`()
    async throws
  {
    try await withCorpus { ingest, fake, environment in
      fake.provider.misbehave(
        .answer(FakeOpenAI.error(429, code: "rate_limit_exceeded", headers: [("Retry-After", "0")])),
        .answer(FakeOpenAI.error(400, message: "No such content.", code: "content_policy_violation")))
      let result = await ingest.run(
        "add", ingest.documents, "--describe", "--describe-limit", "1", "--json", environment: environment)
      #expect(result.code == .success, "\(result.messages)")
      #expect(result.output.contains("\"undescribed\":1") || result.output.contains("\"undescribed\" : 1"))
    }
  }

  @Test func `a run that is killed goes on where it stopped`() async throws {
    try await withCorpus { ingest, fake, environment in
      for number in 0..<12 {
        try ingest.write(
          "\(number).md", "# Robot \(number)\n\nThe robot number \(number) weighs \(number + 50) kg.")
      }
      let process = try ingest.start(
        "add", ingest.documents, "--describe", "--describe-limit", "1", environment: environment)
      while asked(fake) < 4 { try await Task.sleep(for: .milliseconds(5)) }
      process.signal(SIGKILL)
      _ = await process.exitCode()
      let before = asked(fake)
      let result = await ingest.run(
        "add", ingest.documents, "--describe", "--describe-limit", "1", environment: environment)
      #expect(result.code == .success)
      // Those under way when it was killed are asked for again.
      #expect(asked(fake) <= 14 + 8 && asked(fake) - before <= 14, "\(before) of \(asked(fake))")
      #expect(asked(fake) - before < 14, "what was described is not described again")
      let search = await ingest.run("search", "Zanzibar", "--mode", "lexical", "-k", "50", "--json")
      #expect(search.output.components(of: "chunk_id") == 14)
    }
  }
}

extension String {
  fileprivate func components(of needle: String) -> Int { ranges(of: needle).count }
}
