import Commands
import Glibc
import Retrieval
import TestSupport
import Testing

@testable import RAGServer

@Suite struct ServerProgramTests {
  /// A folder for a corpus, and one with a small local model.
  private struct Place {
    let directory: String
    let model: ModelFolder

    var environment: [String: String] {
      [
        "FOOTNOTE_DB": directory + "/test.db", "FOOTNOTE_MODEL_DIR": model.path, "HOME": directory,
        "PATH": "/usr/bin:/bin",
      ]
    }
  }

  private func run(
    _ place: Place, _ arguments: String..., environment: [String: String] = [:]
  ) async -> (code: ExitCode, messages: String) {
    let messages = MemorySink()
    let code = await ServerProgram.program.run(
      arguments, settings: Settings(environment: place.environment.merging(environment) { $1 }),
      output: Output(results: MemorySink(), messages: messages))
    return (code, messages.text)
  }

  private func withPlace(hasCorpus: Bool = true, _ body: (Place) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      let place = Place(directory: directory, model: ModelFolder())
      TinyModel().write(to: place.model)
      if hasCorpus { _ = try Corpus(path: directory + "/test.db", access: .create) }
      try await body(place)
    }
  }

  @Test func `its definition holds together`() {
    #expect(ServerProgram.program.definitionMistakes == [])
  }

  @Test func `without a corpus it does not start and says how to make one`() async throws {
    try await withPlace(hasCorpus: false) { place in
      let (code, messages) = await run(place)
      #expect(code == .failure)
      #expect(
        messages.contains("There is no corpus at '\(place.directory)/test.db'. Make one with 'ingest add"))
    }
  }

  @Test func `with a corpus of another model it does not start and says how to change that`() async throws {
    try await withPlace { place in
      try write("The knee bends.", to: place.directory + "/docs/knee.md")
      let corpus = try Corpus(path: place.directory + "/test.db", access: .write)
      _ = try await Indexer(corpus: corpus, model: HashingEmbeddingModel(), loader: DocumentReader())
        .run(.walk([place.directory + "/docs"]))
      let (code, messages) = await run(place)
      #expect(code == .failure)
      #expect(messages.contains("it was embedded with test/hashing") && messages.contains("ingest reembed"))
    }
  }

  @Test(arguments: [["CORS_ORIGINS": "nonsense"], ["REQUEST_TIMEOUT": "soon"], ["PORT": "70000"]])
  func `a wrong setting is wrong usage and named`(setting: [String: String]) async throws {
    try await withPlace { place in
      let (code, messages) = await run(place, environment: setting)
      #expect(code == .usage)
      #expect(messages.contains(setting.keys.first ?? "-"))
    }
  }

  @Test func `a port that is taken is named with what to do`() async throws {
    try await withRAGServer { server in
      try await withPlace { place in
        let (code, messages) = await run(place, "--port", "\(server.port)")
        #expect(code == .failure)
        #expect(messages.contains("another program uses port \(server.port)"))
      }
    }
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `a signal stops the process with exit code 0`(signal: Int32) async throws {
    try await withPlace { place in
      let child = try ChildProcess(
        "ragserver", ["--port", "0"], environment: place.environment, folder: place.directory)
      var lines = child.output.makeAsyncIterator()
      let ready = try #require(try await lines.next())
      #expect(ready.hasPrefix("Ready at http://127.0.0.1:"))
      let port = try #require(Int(ready.split(separator: ":").last ?? ""))
      let response = try await RawHTTPClient.onThread {
        let client = try RawHTTPClient(port: port)
        try client.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        return try client.readResponse()
      }
      #expect(response.text == #"{"status":"ok"}"#)
      child.signal(signal)
      #expect(await child.exitCode() == 0)
    }
  }
}
