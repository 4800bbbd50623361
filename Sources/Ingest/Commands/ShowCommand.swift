import Commands
import Retrieval

/// `ingest show`: the stored text that citations are ranges of.
enum ShowCommand {
  static let source = Argument("SOURCE", .text, "Source or name of a document, as 'ingest list' shows it.")
  static let start = Option("start", .integer(in: 0...), default: 0, "First code point.")
  static let end = Option("end", .integer(in: 0...), shownDefault: "the end", "Code point after the last.")

  static let command = Command(
    "show", "Print the stored text of a document, or the range that a citation names.",
    parameters: [source, CorpusOptions.database, start, end],
    examples: [Example("Check a citation", "ingest show corpus/05-sensors.md --start 1200 --end 1310")],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let corpus = try await CorpusOptions.open(invocation, access: .read)
    let text = try await corpus.text(of: invocation[source]).unicodeScalars
    let first = invocation[start]
    let last = invocation[end] ?? text.count
    guard first <= last, last <= text.count else {
      throw UsageError(
        "The range \(first) to \(last) does not lie in '\(invocation[source])', which has \(text.count) code points."
      )
    }
    let part = String(String.UnicodeScalarView(text.dropFirst(first).prefix(last - first)))
    // A pipe gets what is stored, a terminal nothing that could take hold of it.
    let shown = invocation.output.terminalWidth() == nil ? part : TerminalText.cleanLines(part)
    try invocation.output.write(shown.hasSuffix("\n") ? shown : shown + "\n")
    return .success
  }
}
