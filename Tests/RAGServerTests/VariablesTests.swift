import FoundationEssentials
import TestSupport
import Testing

@testable import Commands
@testable import RAGServer

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
