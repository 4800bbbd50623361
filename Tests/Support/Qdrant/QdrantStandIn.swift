import FoundationEssentials
import HTTPClient
import Synchronization

/// A Qdrant server for tests: the one that QDRANT_TEST_URL names, or the stand-in `qdrant_server.py`, run by the
/// Python that QDRANT_TEST_PYTHON names, which has the packages qdrant-client and jsonschema. `scripts/test.sh`
/// provides that.
public final class QdrantStandIn: Sendable {
  public let url: String
  public let key: String?
  private let process: Process?

  /// Kept for as long as the server is to run.
  private final class Process: @unchecked Sendable {
    // Touched by the initialiser only, until it is let go of.
    let child: ChildProcess
    init(_ child: ChildProcess) { self.child = child }
  }

  private static let environment = ProcessInfo.processInfo.environment

  /// Whether there is a server to test with.
  public static var isAvailable: Bool { environment["QDRANT_TEST_URL"] != nil || hasStandIn }

  /// Whether there is one that can be told to fail.
  public static var hasStandIn: Bool { environment["QDRANT_TEST_PYTHON"] != nil }

  public static let reason = """
    QDRANT_TEST_PYTHON names no Python with the packages qdrant-client and jsonschema, and QDRANT_TEST_URL no server; \
    scripts/test.sh installs the former.
    """

  private static let running = Mutex<QdrantStandIn?>(nil)

  /// The server that all tests share, in which each makes collections of its own.
  public static func shared() async throws -> QdrantStandIn {
    if let url = environment["QDRANT_TEST_URL"] {
      return QdrantStandIn(url: url, key: environment["QDRANT_TEST_API_KEY"], process: nil)
    }
    if let known = running.withLock({ $0 }) { return known }
    let started = try await start()
    return running.withLock { running in
      if let running { return running }
      running = started
      return started
    }
  }

  public struct Failure: Error {
    var text: String
  }

  /// A stand-in of one's own, that can be told to fail.
  public static func start(key: String? = nil) async throws -> QdrantStandIn {
    guard let python = environment["QDRANT_TEST_PYTHON"] else { throw Failure(text: reason) }
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "qdrant_server.py")
    let child = try ChildProcess(
      python, [script.path(percentEncoded: false)] + (key.map { ["--key", $0] } ?? []),
      environment: ["PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"])
    for try await line in child.output {
      guard let url = line.split(separator: " ").last else { break }
      return QdrantStandIn(url: String(url), key: key, process: Process(child))
    }
    throw Failure(text: "The stand-in did not start.")
  }

  private init(url: String, key: String?, process: Process?) {
    self.url = url
    self.key = key
    self.process = process
  }

  /// A name that no other test uses.
  public static func uniqueName() -> String { "test-" + UUID().uuidString.lowercased() }

  /// Ends the stand-in at once.
  public func kill() { process?.child.signal(9) }

  /// What the stand-in is told to do, in its own JSON; an empty object ends all faults.
  public func fault(_ json: String) async throws {
    _ = try await Self.post(url + "/_stand-in/faults", json)
  }

  /// Lets the stand-in forget an index.
  public func dropIndex(_ field: String, of collection: String) async throws {
    _ = try await Self.post(
      url + "/_stand-in/drop-index", "{\"collection\": \"\(collection)\", \"field\": \"\(field)\"}")
  }

  /// Names of the collections that there are.
  public func collections() async throws -> String {
    var request = HTTPRequest(.get, url + "/collections")
    if let key { request.headers["api-key"] = key }
    return try await HTTPClient().send(request).text
  }

  /// Where requests and answers differed from the server's OpenAPI description; nothing of a real server.
  public func violations() async throws -> [String] {
    struct State: Decodable {
      var violations: [String]
    }
    guard process != nil else { return [] }
    let answer = try await state()
    return try JSONDecoder().decode(State.self, from: Data(answer.utf8)).violations
  }

  /// What the stand-in knows of its requests, as JSON: `recorded` lists them with `method`, `path` and `body` since the
  /// fault `{"record": true}`.
  public func state() async throws -> String { try await Self.post(url + "/_stand-in/state", "{}") }

  private static func post(_ url: String, _ body: String) async throws -> String {
    var request = HTTPRequest(.post, url, body: Array(body.utf8))
    request.headers["Content-Type"] = "application/json"
    return try await HTTPClient().send(request).text
  }
}
