import FoundationEssentials
import Glibc
import Synchronization

/// A PostgreSQL server of the tests' own, from the distribution's package: one for each test process, in a temporary
/// directory, gone with the process however that ends.
public final class PostgreSQLServer: Sendable {
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// Where the server's programs are; nil where the package `postgresql` is not installed.
  public static let programs: String? = {
    let base = "/usr/lib/postgresql"
    let versions = ((try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []).compactMap { Int($0) }
    return versions.max().map { "\(base)/\($0)/bin" }
  }()

  public static var isInstalled: Bool { programs != nil }
  public static let absence = "PostgreSQL is not installed: apt-get install postgresql"

  private static let starting = Task {
    // Somebody else may take the port that was free.
    for _ in 0..<2 {
      if let server = try? await PostgreSQLServer() { return server }
    }
    return try await PostgreSQLServer()
  }

  /// The server, which the first to ask starts.
  public static var shared: PostgreSQLServer {
    get async throws { try await starting.value }
  }

  public let directory: String
  public let port: Int
  /// Held for as long as the process lives: its standard input, once closed, stops the server.
  private let keeper: Mutex<ChildProcess>
  private let schemas = Atomic<Int>(0)

  private init() async throws {
    guard let programs = Self.programs else { throw Failure(description: Self.absence) }
    port = try freePort()
    directory = "/tmp/footnote-postgresql-\(getpid())"
    // initdb refuses to run as root; the package has made a user.
    let script = """
      set -e
      umask 077
      mkdir "$0"
      trap 'cat "$0"/*log 2>/dev/null || true; rm -rf "$0"' EXIT
      "$1/initdb" -D "$0/data" -U footnote -A trust --no-sync -E UTF8 --locale=C >"$0/initdb.log" 2>&1
      # By TCP a password is asked for, by the socket none.
      echo "local all all trust
      host all all 127.0.0.1/32 scram-sha-256" >"$0/data/pg_hba.conf"
      "$1/pg_ctl" start -w -s -D "$0/data" -l "$0/log" \\
        -o "-k $0 -p $2 -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=150 -c deadlock_timeout=100ms"
      echo started
      cat >/dev/null || true
      "$1/pg_ctl" stop -s -m immediate -D "$0/data" || true
      """
    let child = try ChildProcess(
      Self.user[0], Array(Self.user.dropFirst()) + ["/bin/sh", "-c", script, directory, programs, "\(port)"],
      environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C"])
    var lines = child.output.makeAsyncIterator()
    guard try await lines.next() == "started" else {
      var log: [String] = []
      while let line = try await lines.next() { log.append(line) }
      throw Failure(description: "PostgreSQL did not start. \(log.joined(separator: "\n"))")
    }
    keeper = Mutex(child)
  }

  /// The address of the server by its socket, where everybody is let in.
  public func url(schema: String? = nil) -> String {
    let socket = directory.replacing("/", with: "%2F")
    let options = schema.map { "?options=-csearch_path%3D\($0)" } ?? ""
    return "postgresql://footnote@\(socket):\(port)/postgres\(options)"
  }

  /// A schema of its own, empty.
  public func emptySchema() async throws -> String {
    let name = "test_\(schemas.add(1, ordering: .relaxed).newValue)"
    try await run("CREATE SCHEMA \(name)")
    return url(schema: name)
  }

  /// Runs SQL as the owner of everything, and returns what it prints.
  @discardableResult
  public func run(_ sql: String) async throws -> String {
    try await program("/usr/bin/psql", ["-qAtX", "-v", "ON_ERROR_STOP=1", "-d", url(), "-c", sql])
  }

  /// Stops the server, cutting off who is connected, and starts it again.
  public func restart() async throws {
    guard let programs = Self.programs else { return }
    _ = try await program(
      "\(programs)/pg_ctl",
      ["restart", "-w", "-s", "-m", "fast", "-D", directory + "/data", "-l", directory + "/log"])
  }

  /// Stops all its processes in their tracks, as a machine that hangs does: connections stay, and nothing is answered
  /// until `thaw`.
  public func freeze() throws { try signal(SIGSTOP) }

  public func thaw() throws { try signal(SIGCONT) }

  private func signal(_ signal: Int32) throws {
    let file = try String(contentsOf: URL(filePath: directory + "/data/postmaster.pid"), encoding: .utf8)
    guard let first = file.split(separator: "\n").first, let postmaster = pid_t(first) else {
      throw Failure(description: "PostgreSQL does not say which process it is.")
    }
    // The first, so that it starts no others.
    for process in [postmaster] + Self.children(of: postmaster) { kill(process, signal) }
  }

  private static func children(of parent: pid_t) -> [pid_t] {
    let processes = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap {
      pid_t($0)
    }
    return processes.filter { process in
      let status = try? String(contentsOf: URL(filePath: "/proc/\(process)/status"), encoding: .utf8)
      return status?.split(separator: "\n").contains("PPid:\t\(parent)") == true
    }
  }

  private func program(_ path: String, _ arguments: [String]) async throws -> String {
    let child = try ChildProcess(
      Self.user[0], Array(Self.user.dropFirst()) + [path] + arguments,
      environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C"])
    child.closeInput()
    var output: [String] = []
    for try await line in child.output { output.append(line) }
    let code = await child.exitCode()
    guard code == 0 else { throw Failure(description: "\(path) ended with \(code): \(output)") }
    return output.joined(separator: "\n")
  }

  private static let user =
    getuid() == 0
    ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : ["/usr/bin/env"]
}
