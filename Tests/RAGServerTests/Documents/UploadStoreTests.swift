import FoundationEssentials
import Models
import State
import TestSupport
import Testing

@testable import RAGServer

/// Who may take an upload in, and when.
@Suite struct UploadStoreTests {
  private func withStore(_ body: (UploadStore) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      let state = try await State.sqlite(path: directory + "/state.db")
      try await body(UploadStore(records: state.records))
      await state.close()
    }
  }

  private func add(_ name: String, to store: UploadStore) async throws -> Upload {
    try await store.add(name: name, collection: "default", tags: [], content: Array("Text.".utf8))
  }

  @Test func `two servers that may write side by side are given different uploads`() async throws {
    try await withStore { store in
      let uploads = [try await add("a.md", to: store), try await add("b.md", to: store)]
      func claim(_ process: String) async throws -> String? {
        try await store.claim(process: process, corpus: "http://q/c", isLocked: false, lease: 30)?.id
      }
      #expect(try await claim("one") == uploads[0].id)
      #expect(try await claim("two") == uploads[1].id, "not the one that a living server works on")
      #expect(try await claim("three") == nil)
      #expect(try await store.renew(uploads[0].id, process: "one", lease: 30))
      #expect(try await store.renew(uploads[0].id, process: "two", lease: 30) == false)
    }
  }

  @Test func `versions of one document are taken in one after the other`() async throws {
    try await withStore { store in
      let first = try await add("a.md", to: store)
      let second = try await add("a.md", to: store)
      let other = try await add("b.md", to: store)
      func claim(_ process: String) async throws -> String? {
        try await store.claim(process: process, corpus: "http://q/c", isLocked: false, lease: 30)?.id
      }
      #expect(try await claim("one") == first.id)
      #expect(try await claim("two") == other.id)
      #expect(try await claim("two") == nil, "an older version that is written last would win")
      try await store.release(first.id, process: "one") { $0.status = .ready }
      #expect(try await claim("two") == second.id)
    }
  }

  /// Any number of servers may write the corpus at once, as one that is on a server.
  private static func shared(_ configuration: inout ApplicationConfiguration) {
    configuration.isCorpusShared = true
    configuration.uploadLease = 1
  }

  private func wait(until isTrue: () async throws -> Bool) async throws {
    let start = ContinuousClock.now
    while try await !isTrue(), .now - start < .seconds(20) { try await Task.sleep(for: .milliseconds(10)) }
  }

  @Test func `the last version sent is the one that stays, whoever takes it in`() async throws {
    try await withRAGServer(configure: Self.shared) { server in
      try await server.again(configure: Self.shared) { other in
        let store = UploadStore(records: server.application.state.records)
        for number in 0..<6 {
          _ = try await store.add(
            name: "a.md", collection: "default", tags: [], content: Array("Version \(number) of it.".utf8))
          await server.application.uploads.wake()
          await other.application.uploads.wake()
        }
        try await wait {
          await other.application.uploads.wake()
          return try await store.count(.ready) == 6
        }
        #expect(try await server.post("/api/search", #"{"query":"version"}"#).text.contains("Version 5"))
      }
    }
  }

  @Test func `without a lock an upload of a dead server is taken over when its claim has run out`()
    async throws
  {
    try await withRAGServer(configure: Self.shared) { server in
      let store = UploadStore(records: server.application.state.records)
      await server.application.uploads.stop()
      let upload = try await add("a.md", to: store)
      let claimed = try await store.claim(
        process: "gone", corpus: server.database, isLocked: false, lease: 1)
      let until = try #require(claimed?.claim?.until)
      await server.application.uploads.start()
      try await wait {
        await server.application.uploads.wake()
        let (stored, now) = (try await store.upload(upload.id), Date())
        if now < until { #expect(stored?.claim?.process == "gone") }
        return stored?.status == .ready
      }
      let done = try #require(try await store.upload(upload.id))
      #expect(done.status == .ready && done.attempts == 2)
    }
  }

  /// Embeds no document until it is told to.
  private final class WaitingModel: EmbeddingModel {
    private let model = HashingEmbeddingModel(dimensions: 64)
    let isAsked = Signal()
    let goOn = Signal()
    var fingerprint: EmbeddingFingerprint { model.fingerprint }
    var tokens: any TokenCounter { model.tokens }

    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
      if role == .document {
        isAsked.raise()
        while !goOn.isRaised { try await Task.sleep(for: .milliseconds(5)) }
      }
      return try await model.embed(texts, as: role)
    }
  }

  @Test func `a server that has lost its upload to another stops and goes on with the next`() async throws {
    let model = WaitingModel()
    try await withRAGServer([:], model: model, configure: Self.shared) { server in
      let store = UploadStore(records: server.application.state.records)
      let upload = try await add("a.md", to: store)
      await server.application.uploads.wake()
      await model.isAsked.wait()
      // As if this server had stood still for longer than its claim was good for.
      _ = try await server.application.state.records.update(record: upload.id) { record in
        guard var taken = Upload(record) else { return false }
        taken.claim = Upload.Claim(process: "another", corpus: server.database, until: Date() + 60)
        record = taken.record
        return true
      }
      try await wait { server.messages.text.contains("Another server has taken an upload over") }
      model.goOn.raise()
      let next = try await add("b.md", to: store)
      try await wait {
        await server.application.uploads.wake()
        return try await store.upload(next.id)?.status == .ready
      }
      #expect(try await store.upload(next.id)?.status == .ready)
      let lost = try await store.upload(upload.id)
      #expect(lost?.claim?.process == "another" && lost?.status == .running)
    }
  }
}
