import Commands
import TestSupport
import Testing

@testable import Ingest

/// What documents hold must not take hold of the terminal that shows it.
@Suite struct HostileTextTests {
  private static let heading = "\u{1B}[31mKnee\u{1B}[0m"
  private static let text =
    "The knee\u{1B}]0;owned\u{07} bends by \u{1B}[2J120 degrees\u{202E} \u{9B}31m and \u{1B}]8;;http://x.test\u{07}more."

  private func fixture() async throws -> IngestFixture {
    let fixture = try IngestFixture()
    try fixture.write("knee.md", "# Robots\n\n## \(Self.heading)\n\n\(Self.text)\n")
    try fixture.write("\u{1B}[1mname.md", "# Arm\n\nThe elbow bends the arm.\n")
    #expect(await fixture.run("add", fixture.documents).code == .success)
    return fixture
  }

  private func isInert(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      $0 == "\n" || ($0.properties.generalCategory != .control && $0 != "\u{202E}")
    }
  }

  @Test(arguments: [
    ["ask", "By how many degrees does the knee bend?"], ["search", "knee bends degrees"],
    ["search", "elbow arm"], ["list"], ["remove", "docs/knee.md"],
  ])
  func answersAndPassagesHoldNoControlCharacters(arguments: [String]) async throws {
    let result = await (try fixture()).run(arguments)
    #expect(result.code == .success, "\(result.messages)")
    #expect(isInert(result.output) && isInert(result.messages), "\(result.output)")
    if arguments[0] == "ask" { #expect(result.output.contains("120 degrees")) }
  }

  /// A pipe gets what is stored, so that ranges stay exact.
  @Test func showGivesATerminalNoControlCharacters() async throws {
    let fixture = try await fixture()
    #expect(await fixture.run("show", "docs/knee.md").output.contains(Self.text))
    let terminal = MemorySink(terminalWidth: 80)
    let code = await IngestProgram.program.run(
      ["show", "docs/knee.md"], settings: Settings(environment: fixture.environment),
      output: Output(results: terminal, messages: MemorySink()))
    #expect(code == .success && terminal.text.contains("bends by \u{FFFD}[2J120 degrees"))
    #expect(isInert(terminal.text), "\(terminal.text)")
  }
}
