import Commands
import Glibc

/// Programs that use the official `mcp` package of Python, where it is installed.
public enum PythonPeer {
  /// The interpreter that has the package: `FOOTNOTE_MCP_PYTHON`, which `scripts/test.sh` sets.
  public static let interpreter: String? = getenv("FOOTNOTE_MCP_PYTHON").map { String(cString: $0) }
  public static let isThere = interpreter != nil
  public static let reason = "needs Python with the package mcp: scripts/test.sh installs it"

  /// Drives a server as a client of both eras.
  public static let client = folder + "client.py"
  /// A server with a few tools.
  public static let server = folder + "server.py"
  private static let folder =
    "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Python/"

  public struct Missing: Error {}

  /// Starts a script with the variables given and the few that Python itself needs.
  public static func start(
    _ script: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> ChildProcess {
    guard let interpreter else { throw Missing() }
    let base = ["PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1", "LC_ALL": "C.UTF-8"]
    return try ChildProcess(
      interpreter, [script] + arguments, environment: base.merging(environment) { $1 })
  }

  /// Runs a script to its end and returns the last line that it prints.
  public static func run(
    _ script: String, _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> (code: Int32, output: String, errors: String) {
    let process = try start(script, arguments, environment: environment)
    let lines = process.errors
    async let errors = text(lines)
    var last = ""
    for try await line in process.output { last = line }
    return (await process.exitCode(), last, try await errors)
  }

  private static func text(_ lines: InputLines) async throws -> String {
    var all: [String] = []
    for try await line in lines { all.append(line) }
    return all.joined(separator: "\n")
  }
}
