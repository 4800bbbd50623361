import FoundationEssentials
import TestSupport
import Testing

@testable import Commands
@testable import RAGServer
@testable import Setup

/// The environment variables that the server says it reads, and those that the documents tell of.
@Suite struct VariablesTests {
  private static let project = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: Self.project.appending(path: path)), as: UTF8.self)
  }

  /// Of a command and all below it.
  private func variables(_ command: Command) -> Set<String> {
    Set(
      command.variables.map(\.name)
        + (command.parameters + command.shared).compactMap(\.specification.environment)
        + command.commands.flatMap(variables))
  }

  /// Names in upper case between back quotes.
  private func named(in text: String) -> Set<String> {
    Set(
      text.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
        .map { String($0.element.prefix { $0 != "=" }) }
        .filter { $0.count > 3 && $0.utf8.allSatisfy { (65...90).contains($0) || $0 == 0x5F } })
  }

  /// Names that the sources read in one of the ways in which they do.
  private func readBySources() throws -> Set<String> {
    let reading =
      /(?:(?:settings|environment)\[|getenv\(|read\(|path\(|address\(|EnvironmentVariable\(|environment: )\s*"([A-Z][A-Z0-9_]+)"/
    let sources = Self.project.appending(path: "Sources").path
    let files = try FileManager.default.subpathsOfDirectory(atPath: sources)
      .filter { [".swift", ".c", ".h"].contains(where: $0.hasSuffix) }
    return Set(
      try files.flatMap { try text("Sources/\($0)").matches(of: reading).map { String($0.1) } })
  }

  @Test func `the README tells of every variable that the sources read`() throws {
    let read = try readBySources()
    // One of each way, or this would hold where nothing is found any more.
    #expect(
      read.isSuperset(of: [
        "OPENAI_API_KEY", "TERM", "FOOTNOTE_VECTOR_KERNELS", "FOOTNOTE_PRECISION", "QDRANT_URL", "RATE_LIMIT",
        "FOOTNOTE_STATE", "MCP_CONFIG",
      ]))
    // Of this one the log says that it has no effect any more.
    #expect(read.subtracting(named(in: try text("README.md"))).sorted() == ["OPENAI_ASSISTANT_ID"])
  }

  @Test func `a name in a .env is known if a program reads it, and only then`() throws {
    let read = try readBySources().union(variables(ServerProgram.program.root))
    let known = Set(KnownVariables.names)
    #expect(read.subtracting(known).sorted() == ["COLUMNS", "HOME", "PATH", "TERM", "TMPDIR"])
    #expect(known.subtracting(read).sorted() == [])
    #expect(ServerProgram.program.knownVariables == KnownVariables.names)
  }

  @Test func `the README tells of every variable, and of none that nothing reads`() throws {
    let readme = try text("README.md")
    let table = readme.split(separator: "\n").filter { $0.hasPrefix("| `") && $0.contains("_") }
      .compactMap { $0.split(separator: "|").first }.joined(separator: "\n")
    let read = variables(ServerProgram.program.root)
    #expect(read.subtracting(named(in: readme)).sorted() == [])
    // That of the other program.
    #expect(named(in: table).subtracting(read).sorted() == ["FOOTNOTE_HUB"])
  }
}
