import Commands
import FoundationEssentials
import TestSupport

@testable import Ingest

/// A folder of documents, a corpus and a tiny model, and `ingest` over them.
final class IngestFixture: Sendable {
  let folder: String
  let model = ModelFolder()
  /// What names the corpus where it is on a server.
  private let server: [String: String]

  /// Takes texts as long as a real model does: the default of the tiny model is for tests of truncation.
  private static let tiny: TinyModel = {
    var model = TinyModel(positions: 256)
    model.maximumTokens = 256
    return model
  }()

  var documents: String { folder + "/docs" }
  var database: String { folder + "/test.db" }

  /// A fixture whose corpus is of this kind.
  static func on(_ kind: CorpusKind) async throws -> IngestFixture {
    try IngestFixture(server: try await kind.variables())
  }

  init(server: [String: String] = [:]) throws {
    self.server = server
    let base = FileManager.default.temporaryDirectory.path(percentEncoded: false)
    folder = (base.hasSuffix("/") ? String(base.dropLast()) : base) + "/footnote-ingest-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder + "/docs", withIntermediateDirectories: true)
    Self.tiny.write(to: model)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  struct Result {
    var code: ExitCode
    var output: String
    var messages: String

    /// Standard output as JSON, its keys in camel case.
    func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(type, from: Data(output.utf8))
    }
  }

  var environment: [String: String] {
    [
      "FOOTNOTE_DB": database, "FOOTNOTE_MODEL_DIR": model.path, "HOME": folder, "PATH": "/usr/bin:/bin",
    ].merging(server) { $1 }
  }

  /// Runs `ingest` in this process.
  func run(_ arguments: String..., environment extra: [String: String] = [:]) async -> Result {
    await run(arguments, environment: extra)
  }

  /// Runs `ingest` in this process.
  func run(_ arguments: [String], environment extra: [String: String] = [:]) async -> Result {
    let output = MemorySink()
    let messages = MemorySink()
    let code = await IngestProgram.program.run(
      arguments, settings: Settings(environment: environment.merging(extra) { $1 }),
      output: Output(results: output, messages: messages))
    return Result(code: code, output: output.text, messages: messages.text)
  }

  /// Starts `ingest` as a process of its own.
  func start(_ arguments: String..., environment extra: [String: String] = [:]) throws -> ChildProcess {
    try start(arguments, environment: extra)
  }

  /// Starts `ingest` as a process of its own.
  func start(_ arguments: [String], environment extra: [String: String] = [:]) throws -> ChildProcess {
    try ChildProcess(
      "ingest", arguments, environment: environment.merging(extra) { $1 }, folder: folder)
  }

  func write(_ name: String, _ text: String) throws {
    try TestSupport.write(text, to: documents + "/" + name)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: documents + "/" + name)
  }
}
