import Glibc
import TestSupport
import Testing

/// A corpus that may be read and beside which nothing may be written.
@Suite struct UnwritableFolderTests {
  private static let setpriv = "/usr/bin/setpriv"

  /// The arguments with which root runs a program as nobody; for others the permissions hold as they are.
  private static func unprivileged(_ arguments: [String]) throws -> (program: String, arguments: [String]) {
    guard getuid() == 0 else { return ("ingest", arguments) }
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"]
    return (setpriv, nobody + [try ChildProcess.path(of: "ingest")] + arguments)
  }

  private static func run(_ ingest: IngestFixture, _ arguments: String...) async throws -> (Int32, String) {
    let (program, arguments) = try unprivileged(arguments)
    let child = try ChildProcess(
      program, arguments, environment: ingest.environment, folder: "/")
    var lines: [String] = []
    for try await line in child.output { lines.append(line) }
    for try await line in child.errors { lines.append(line) }
    return (await child.exitCode(), lines.joined(separator: "\n"))
  }

  private func withFolder(_ body: (IngestFixture) async throws -> Void) async throws {
    let ingest = try IngestFixture()
    try ingest.write("leg.md", "# Leg\n\nThe knee joint bends by 120 degrees.")
    _ = await ingest.run("add", ingest.documents)
    for name in ["", "-lock"] { chmod(ingest.database + name, 0o644) }
    // What a program that has just ended has left.
    for name in ["-wal", "-shm"] { unlink(ingest.database + name) }
    chmod(ingest.model.path, 0o755)
    chmod(ingest.folder, 0o555)
    defer { chmod(ingest.folder, 0o755) }
    // The programs may lie where nobody else can look.
    guard try await Self.run(ingest, "--version").0 == 0 else { return }
    try await body(ingest)
  }

  @Test func `it is searched and asked, and nothing is made beside it`() async throws {
    try await withFolder { ingest in
      let (code, output) = try await Self.run(ingest, "search", "knee", "joint")
      #expect(code == 0 && output.contains("120 degrees"), "\(output)")
      let status = try await Self.run(ingest, "status")
      #expect(status.0 == 0 && status.1.contains("Documents   1"), "\(status.1)")
      #expect(access(ingest.database + "-shm", F_OK) != 0 && access(ingest.database + "-wal", F_OK) != 0)
    }
  }

  @Test func `whoever would write it is told to look at the permissions`() async throws {
    try await withFolder { ingest in
      let (code, output) = try await Self.run(ingest, "remove", "docs/leg.md")
      #expect(code == 1 && output.lowercased().contains("permission"), "\(output)")
    }
  }
}
