import Commands
import FoundationEssentials
import Glibc
import Models
import Retrieval
import TestSupport
import Testing

@testable import RAGServer

@Suite struct UploadTests {
  private static let key = "admin-key-of-the-tests"
  private static let admin = ["Authorization: Bearer \(key)"]
  private let configure = setting(\.settings, Settings(environment: ["ADMIN_API_KEY": key]))

  private func send(
    _ server: RAGServerFixture, _ name: String, _ text: String, tags: [String] = []
  ) async throws -> UploadReply {
    let body: JSONValue = [
      "name": .string(name), "text": .string(text), "tags": .array(tags.map { .string($0) }),
    ]
    let response = try await server.send(
      "POST", "/api/documents", headers: Self.admin + ["Content-Type: application/json"], body: body.text)
    #expect(response.status == 202)
    return try #require(try response.json(UploadList.self).uploads.first)
  }

  /// Waits until the upload has ended.
  private func ended(_ id: String, _ server: RAGServerFixture) async throws -> UploadReply {
    let start = ContinuousClock.now
    while true {
      let upload = try await server.send("GET", "/api/documents/uploads/\(id)", headers: Self.admin)
        .json(UploadReply.self)
      if upload.status == .ready || upload.status == .failed || .now - start > .seconds(15) { return upload }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  private func documents(_ server: RAGServerFixture) async throws -> [DocumentReply] {
    try await server.send("GET", "/api/documents?prefix=upload:", headers: Self.admin)
      .json(DocumentList.self).documents
  }

  @Test(arguments: CorpusKind.testable)
  func `a text is stored, taken in and found`(kind: CorpusKind) async throws {
    try await withRAGServer(on: kind, configure: configure) { server in
      let upload = try await send(server, "hand.md", "# Hand\n\nThe human hand has 27 bones.")
      #expect(upload.status == .queued && upload.name == "hand.md" && upload.collection == "default")
      let done = try await ended(upload.id, server)
      #expect(done.status == .ready && done.chunks == 1 && done.error == nil)
      let found = try await server.post("/api/search", #"{"query": "how many bones has the hand", "k": 1}"#)
      #expect(found.text.contains("27 bones") && found.text.contains("upload:///hand.md"))
      #expect(try await documents(server).map(\.id) == [done.documentID])
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `of a document that was read in part it is said what is missing`(kind: CorpusKind) async throws {
    try await withRAGServer(on: kind, configure: configure) { server in
      let cells = #"{"cell_type": "markdown", "source": "The hand has 27 bones."}, {"cell_type": 5}"#
      let upload = try await send(
        server, "hand.ipynb", #"{"nbformat": 4, "metadata": {}, "cells": [\#(cells)]}"#)
      #expect(try await ended(upload.id, server).status == .ready)
      #expect(try await documents(server).map(\.missing) == [["left out 1 damaged cells"]])
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `a form brings several files with collection and tags`(kind: CorpusKind) async throws {
    try await withRAGServer(on: kind, configure: configure) { server in
      let parts = [
        #"name="collection""# + "\r\n\r\nrobots", #"name="tags""# + "\r\n\r\none, two",
        #"name="file"; filename="hand.md""# + "\r\n\r\n# Hand\n\nThe hand has 27 bones.",
        #"name="file"; filename="C:\\docs\\foot.html""#
          + "\r\n\r\n<html><h1>Foot</h1><p>The foot has 26 bones.</p></html>",
      ]
      let body = parts.map { "--x\r\nContent-Disposition: form-data; \($0)\r\n" }.joined() + "--x--\r\n"
      let response = try await server.send(
        "POST", "/api/documents",
        headers: Self.admin + ["Content-Type: multipart/form-data; boundary=x"], body: body)
      let uploads = try response.json(UploadList.self).uploads
      #expect(response.status == 202 && uploads.map(\.name) == ["hand.md", "foot.html"])
      for upload in uploads { #expect(try await ended(upload.id, server).status == .ready) }
      let stored = try await documents(server)
      #expect(stored.map(\.source).sorted() == ["upload:///foot.html", "upload:///hand.md"])
      #expect(stored.allSatisfy { $0.collection == "robots" && $0.tags == ["one", "two"] })
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `the same name replaces, and the same content embeds nothing`(kind: CorpusKind) async throws {
    let model = FaultyModel()
    try await withRAGServer(on: kind, model: model, configure: configure) { server in
      let first = try await ended(try await send(server, "a.md", "The hand has 27 bones.").id, server)
      let embedded = model.documentsEmbedded
      let again = try await ended(try await send(server, "a.md", "The hand has 27 bones.").id, server)
      #expect(again.status == .ready && again.chunks == 1 && again.documentID == first.documentID)
      let copy = try await ended(try await send(server, "b.md", "The hand has 27 bones.").id, server)
      #expect(copy.status == .ready && model.documentsEmbedded == embedded)
      let changed = try await ended(try await send(server, "a.md", "The hand has five fingers.").id, server)
      #expect(changed.status == .ready && model.documentsEmbedded == embedded + 1)
      #expect(try await documents(server).count == 2)
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `a document that cannot be read fails with the reason, and the next is taken in`(kind: CorpusKind)
    async throws
  {
    try await withRAGServer(on: kind, configure: configure) { server in
      let broken = try await send(
        server, "broken.pdf", "%PDF-1.7 and nothing else", tags: ["manual", "old"])
      let good = try await send(server, "good.md", "The hand has 27 bones.")
      let failed = try await ended(broken.id, server)
      #expect(failed.status == .failed && failed.error?.isEmpty == false)
      #expect(try await ended(good.id, server).status == .ready)
      let list = try await server.send(
        "GET", "/api/documents/uploads?status=failed", headers: Self.admin
      ).json(UploadList.self)
      #expect(list.uploads.map(\.id) == [broken.id])
      // It stands in the list of documents as well, with what it was sent with.
      let stored = try await server.send(
        "GET", "/api/documents?status=failed&tag=manual", headers: Self.admin
      ).json(DocumentList.self)
      #expect(stored.documents.map(\.source) == ["upload:///broken.pdf"])
      #expect(stored.documents.map(\.tags) == [["manual", "old"]])
    }
  }

  @Test(
    arguments: [
      (#"{"name": "a.md"}"#, 400), (#"{"name": "", "text": "x"}"#, 400), (#"{"name": "a", "text": ""}"#, 400),
      (#"{"name": "a\u0001", "text": "x"}"#, 400), (#"{"name": "a", "text": "x", "tags": [""]}"#, 400),
    ])
  func `what cannot be a document is refused at once`(body: String, status: Int) async throws {
    try await withRAGServer(configure: configure) { server in
      let response = try await server.send(
        "POST", "/api/documents", headers: Self.admin + ["Content-Type: application/json"], body: body)
      #expect(response.status == status)
    }
  }

  @Test func `too large a request is refused`() async throws {
    let limited: (inout ApplicationConfiguration) -> Void = { configuration in
      configure(&configuration)
      configuration.uploadLimit = 1000
    }
    try await withRAGServer(configure: limited) { server in
      let body = #"{"name": "a.md", "text": "\#(String(repeating: "a", count: 2000))"}"#
      let response = try await server.send(
        "POST", "/api/documents", headers: Self.admin + ["Content-Type: application/json"], body: body)
      #expect(response.status == 413)
      let failure = try response.failure()
      #expect(failure.code == "body_too_large" && failure.message.contains("that UPLOAD_LIMIT allows"))
      #expect(failure.hint?.contains("raise UPLOAD_LIMIT, now 1000 bytes") == true)
    }
  }

  @Test func `uploads wait while another process writes the corpus`() async throws {
    try await withRAGServer(configure: configure) { server in
      var lock: IngestLock? = try await IngestLock.acquire(for: server.database)
      let upload = try await send(server, "a.md", "The hand has 27 bones.")
      try await Task.sleep(for: .milliseconds(300))
      let waiting = try await server.send(
        "GET", "/api/documents/uploads/\(upload.id)", headers: Self.admin
      ).json(UploadReply.self)
      #expect(waiting.status == .queued)
      withExtendedLifetime(lock) {}
      lock = nil
      #expect(try await ended(upload.id, server).status == .ready)
    }
  }

  @Test func `uploads say why they wait where the corpus cannot be locked, and the log says it once`()
    async throws
  {
    try await withRAGServer(configure: configure) { server in
      let lock = server.database + "-lock"
      try? FileManager.default.removeItem(atPath: lock)
      // As little a file that can be opened as one of a file system that is mounted read-only.
      try FileManager.default.createDirectory(atPath: lock, withIntermediateDirectories: false)
      let upload = try await send(server, "a.md", "The hand has 27 bones.")
      func reply() async throws -> UploadReply {
        try await server.send("GET", "/api/documents/uploads/\(upload.id)", headers: Self.admin)
          .json(UploadReply.self)
      }
      let start = ContinuousClock.now
      while try await reply().error == nil, .now - start < .seconds(15) {
        try await Task.sleep(for: .milliseconds(20))
      }
      let waiting = try await reply()
      #expect(waiting.status == .queued && waiting.error?.contains("lock file") == true, "\(waiting)")
      // Each of them makes the server try again.
      for number in 0..<3 { _ = try await send(server, "b\(number).md", "The foot has 26 bones.") }
      try FileManager.default.removeItem(atPath: lock)
      let taken = try await ended(upload.id, server)
      #expect(taken.status == .ready && taken.error == nil)
      #expect(server.messages.text.components(separatedBy: "Uploads cannot be taken in").count == 2)
    }
  }

  @Test func `several servers of one state take each upload in once`() async throws {
    let model = FaultyModel()
    try await withRAGServer(model: model, configure: configure) { server in
      var configuration = ApplicationConfiguration(
        database: server.database, log: Log(output: Output(results: MemorySink(), messages: MemorySink())),
        settings: Settings(environment: ["ADMIN_API_KEY": Self.key])
      ) { _ in model }
      configuration.server.port = 0
      let second = try await buildApplication(configuration: configuration)
      let before = model.documentsEmbedded
      var uploads: [UploadReply] = []
      for number in 0..<8 {
        uploads.append(try await send(server, "\(number).md", "Robot number \(number) walks alone."))
        await second.uploads.wake()
      }
      for upload in uploads { #expect(try await ended(upload.id, server).status == .ready) }
      #expect(model.documentsEmbedded == before + 8)
      let kept = try await UploadStore(records: second.state.records).uploads(status: .ready, limit: 100)
      #expect(kept.count == 8 && kept.allSatisfy { $0.attempts == 1 })
      await second.stop(within: .zero)
    }
  }

  @Test func `a claim of a process that is gone is taken over, one that lives is not`() throws {
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    var upload = Upload(
      id: "u", name: "a.md", collection: "default", tags: [], size: 1, pieces: 1, status: .running,
      createdAt: now, updatedAt: now)
    upload.claim = Upload.Claim(process: "p", corpus: "host:/a.db", until: now + 30)
    for locked in ["other:/a.db", nil] {
      #expect(!upload.canBeClaimed(at: now, locked: locked))
      #expect(upload.canBeClaimed(at: now + 31, locked: locked))
    }
    // Whoever holds the corpus's lock knows that the other process does not.
    #expect(upload.canBeClaimed(at: now, locked: "host:/a.db"))
    #expect(Upload(upload.record) == upload)
    upload.status = .queued
    upload.notBefore = now + 5
    #expect(!upload.canBeClaimed(at: now, locked: "x") && upload.canBeClaimed(at: now + 5, locked: "x"))
    #expect(Upload(upload.record) == upload)
  }

  @Test func `what was accepted is taken in though the server is killed`() async throws {
    try await withTemporaryDirectory { directory in
      let model = ModelFolder()
      TinyModel(positions: 256).write(to: model)
      _ = try Corpus(path: directory + "/test.db", access: .create)
      let environment = [
        "FOOTNOTE_DB": directory + "/test.db", "FOOTNOTE_MODEL_DIR": model.path, "HOME": directory,
        "PATH": "/usr/bin:/bin", "ADMIN_API_KEY": Self.key,
      ]
      func start() async throws -> (ChildProcess, Int) {
        let child = try ChildProcess(
          "ragserver", ["--port", "0"], environment: environment, folder: directory)
        var lines = child.output.makeAsyncIterator()
        let ready = try #require(try await lines.next())
        return (child, try #require(Int(ready.split(separator: ":").last ?? "")))
      }
      func request(_ port: Int, _ head: String, _ body: String = "") async throws -> RawResponse {
        try await RawHTTPClient.onThread {
          let client = try RawHTTPClient(port: port)
          try client.send(
            "\(head) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(Self.key)\r\n"
              + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
          return try client.readResponse()
        }
      }
      let (first, port) = try await start()
      // Nothing is taken in while this process holds the lock, so that all of it is left for the next server.
      var lock: IngestLock? = try await IngestLock.acquire(for: directory + "/test.db")
      for number in 0..<5 {
        let accepted = try await request(
          port, "POST /api/documents", #"{"name": "\#(number).md", "text": "Robot \#(number) walks."}"#)
        #expect(accepted.status == 202)
      }
      first.signal(SIGKILL)
      #expect(await first.exitCode() == -SIGKILL)
      withExtendedLifetime(lock) {}
      lock = nil
      let (second, nextPort) = try await start()
      let clock = ContinuousClock.now
      var total = 0
      while total < 5, .now - clock < .seconds(15) {
        try await Task.sleep(for: .milliseconds(50))
        total = try await request(nextPort, "GET /api/documents?status=ready").json(DocumentList.self).total
      }
      #expect(total == 5)
      second.signal(SIGTERM)
      #expect(await second.exitCode() == 0)
    }
  }
}
