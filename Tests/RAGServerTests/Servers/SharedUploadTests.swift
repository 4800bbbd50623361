import FoundationEssentials
import Glibc
import Models
import State
import TestSupport
import Testing

@testable import RAGServer

/// Uploads that any of several servers may take in.
@Suite(.enabled(if: ServerGroupNeeds.areMet, ServerGroupNeeds.absence), .timeLimit(.minutes(3)))
struct SharedUploadTests {
  /// Settings under which a fake embeds, which sees what is embedded how often.
  private func embedding(_ provider: FakeOpenAI) -> [String: String] {
    [
      "EMBEDDING_PROVIDER": "openai", "OPENAI_API_KEY": provider.key, "OPENAI_BASE_URL": provider.baseURL,
      "CHAT_PROVIDER": "extractive",
    ]
  }

  private func upload(_ name: String, _ text: String, to group: ServerGroup) async throws -> UploadReply {
    let body: JSONValue = ["name": .string(name), "text": .string(text)]
    let response = try await group.administer("POST", "/api/documents", body.text)
    #expect(response.status == 202, "\(response.text)")
    return try #require(try response.json(UploadList.self).uploads.first)
  }

  private func ended(_ id: String, _ group: ServerGroup) async throws -> UploadReply {
    let start = ContinuousClock.now
    while true {
      let reply = try await group.administer("GET", "/api/documents/uploads/\(id)").json(UploadReply.self)
      if reply.status == .ready || reply.status == .failed || .now - start > .seconds(30) { return reply }
      try await Task.sleep(for: .milliseconds(30))
    }
  }

  /// Texts that were embedded, each as often as it was.
  private func embedded(_ provider: FakeOpenAI, _ word: String) -> [String] {
    provider.provider.bodies("/v1/embeddings").flatMap { $0["input"]?.strings ?? [] }.filter {
      $0.contains(word)
    }
  }

  @Test(.enabled(if: QdrantStandIn.isAvailable, "\(QdrantStandIn.reason)"))
  func `both stores are tested`() {
    #expect(CorpusKind.testable == CorpusKind.allCases)
  }

  @Test(arguments: CorpusKind.testable)
  func `each is taken in once, and found at all of them`(kind: CorpusKind) async throws {
    let provider = try FakeOpenAI()
    try await withServerGroup(embedding(provider).merging(try await kind.variables()) { $1 }) { group in
      var uploads: [UploadReply] = []
      for number in 0..<12 {
        uploads.append(try await upload("\(number).md", "Robot number \(number) is unmistakable.", to: group))
      }
      for upload in uploads { #expect(try await ended(upload.id, group).status == .ready) }
      let texts = embedded(provider, "unmistakable")
      #expect(texts.count == 12 && Set(texts).count == 12)
      let state = try await State.postgreSQL(url: try #require(group.environment["DATABASE_URL"]))
      let kept = try await UploadStore(records: state.records).uploads(status: .ready, limit: 100)
      await state.close()
      #expect(kept.count == 12 && kept.allSatisfy { $0.attempts == 1 })
      for _ in 0..<3 {
        let found = try await group.send(
          "POST", "/api/search", #"{"query":"number 7","mode":"lexical","k":1}"#)
        #expect(found.text.contains("upload:///7.md"))
      }
      #expect(provider.provider.violations == [])
    }
  }

  @Test func `one that dies with its server is taken over by another at once`() async throws {
    let provider = try FakeOpenAI()
    try await withServerGroup(embedding(provider)) { group in
      provider.provider.misbehave(.hang)
      let sent = try await upload("hand.md", "The hand is unmistakable.", to: group)
      let start = ContinuousClock.now
      while embedded(provider, "unmistakable").isEmpty, .now - start < .seconds(20) {
        try await Task.sleep(for: .milliseconds(10))
      }
      // Whoever takes it in has signed the lock of the corpus.
      let lock = try String(contentsOfFile: group.database + "-lock", encoding: .utf8)
      let holder = try #require(lock.split(whereSeparator: \.isWhitespace).last.flatMap { pid_t($0) })
      #expect(group.processes.servers.contains { $0.identifier == holder })
      kill(holder, SIGKILL)
      let killed = ContinuousClock.now
      let done = try await ended(sent.id, group)
      #expect(done.status == .ready && done.chunks == 1 && .now - killed < .seconds(15), "\(done)")
      #expect(embedded(provider, "unmistakable").count == 2, "once in vain, and once")
    }
  }
}
