import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Several processes of `ragserver` over one corpus and one PostgreSQL, behind one address.
struct ServerGroup: Sendable {
  static let administrator = "admin-key-of-the-tests-0123456789"

  /// What keeps the processes alive: letting go of it ends them.
  final class Processes: @unchecked Sendable {
    // Made once and then only read.
    let servers: [ChildProcess]
    init(_ servers: [ChildProcess]) { self.servers = servers }
  }

  let directory: String
  let environment: [String: String]
  let processes: Processes
  /// Of each server.
  let ports: [Int]
  let balancer: Nginx

  var database: String { directory + "/test.db" }

  func kill(_ server: Int) { processes.servers[server].signal(SIGKILL) }

  /// Whose answer it is; the last one's where others could not be reached.
  func server(of response: RawResponse) -> Int? {
    let address = response.header("X-Server")?.split(separator: ":").last.flatMap { Int($0) }
    return address.flatMap { ports.firstIndex(of: $0) }
  }

  /// Sends a request to the next server.
  func send(
    _ method: String, _ target: String, _ body: String = "", headers: [String] = []
  ) async throws -> RawResponse {
    let (port, head) = (balancer.port, Self.head(method, target, body, headers))
    return try await RawHTTPClient.onThread {
      let client = try RawHTTPClient(port: port, timeoutMilliseconds: 30_000)
      try client.send(head + body)
      return try client.readResponse()
    }
  }

  func administer(_ method: String, _ target: String, _ body: String = "") async throws -> RawResponse {
    try await send(method, target, body, headers: ["Authorization: Bearer \(Self.administrator)"])
  }

  static func head(_ method: String, _ target: String, _ body: String, _ headers: [String] = []) -> String {
    let lines =
      [
        "\(method) \(target) HTTP/1.1", "Host: test", "Content-Type: application/json",
        "Content-Length: \(body.utf8.count)",
      ] + headers
    return lines.joined(separator: "\r\n") + "\r\n\r\n"
  }

  /// Runs `ragserver` or `ingest` where the servers run, and returns its exit code.
  func run(_ program: String, _ arguments: String..., input: String = "") async throws -> Int32 {
    try await Self.run(program, arguments, environment, directory, input: input)
  }

  private static func run(
    _ program: String, _ arguments: [String], _ environment: [String: String], _ directory: String,
    input: String = ""
  ) async throws -> Int32 {
    let child = try ChildProcess(program, arguments, environment: environment, folder: directory)
    try child.write(input)
    child.closeInput()
    return await child.exitCode()
  }

  /// Starts servers, all at once, over an empty database and a corpus of one document.
  fileprivate static func start(
    _ count: Int, _ settings: [String: String], _ directory: String, _ model: ModelFolder
  ) async throws -> ServerGroup {
    var environment = [
      "FOOTNOTE_DB": directory + "/test.db", "FOOTNOTE_MODEL_DIR": model.path, "HOME": directory,
      "PATH": "/usr/bin:/bin", "DATABASE_URL": try await PostgreSQLServer.shared.emptySchema(),
      "ADMIN_API_KEY": administrator, "RATE_LIMIT": "off", "LOG_LEVEL": "error",
    ]
    environment.merge(settings) { $1 }
    try write("# Leg\n\nThe knee joint bends the leg by 120 degrees.", to: directory + "/docs/leg.md")
    #expect(try await run("ingest", ["add", directory + "/docs"], environment, directory) == 0)
    let servers = try (0..<count).map { _ in
      try ChildProcess("ragserver", ["--port", "0"], environment: environment, folder: directory)
    }
    var ports: [Int] = []
    for server in servers {
      var lines = server.output.makeAsyncIterator()
      let ready = try #require(try await lines.next())
      ports.append(try #require(Int(ready.split(separator: ":").last ?? "")))
    }
    return ServerGroup(
      directory: directory, environment: environment, processes: Processes(servers), ports: ports,
      balancer: try await Nginx(directory: directory, servers: ports))
  }
}

/// Runs `body` against three servers behind one address.
///
/// - Parameter settings: environment variables of all of them.
func withServerGroup(
  _ settings: [String: String] = [:], _ body: (ServerGroup) async throws -> Void
) async throws {
  try await withTemporaryDirectory { directory in
    let model = ModelFolder()
    var tiny = TinyModel(positions: 256)
    tiny.maximumTokens = 256
    tiny.write(to: model)
    try await body(try await ServerGroup.start(3, settings, directory, model))
  }
}

/// What a group of servers needs of this machine.
enum ServerGroupNeeds {
  static let areMet = PostgreSQLServer.isInstalled && Nginx.isInstalled
  static let absence = Comment(rawValue: "\(PostgreSQLServer.absence); \(Nginx.absence)")
}
