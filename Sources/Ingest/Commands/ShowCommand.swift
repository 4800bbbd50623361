import Commands
import Retrieval

/// `ingest show`: the stored text that citations are ranges of.
enum ShowCommand {
  static let source = Argument("SOURCE", .text, "Source or name of a document, as 'ingest list' shows it.")
  static let start = Option("start", .integer(in: 0...), default: 0, "First code point.")
  static let end = Option("end", .integer(in: 0...), shownDefault: "the end", "Code point after the last.")

  static let command = Command(
    "show", "Print the stored text of a document, or the range that a citation names.",
    discussion: """
      Text goes to standard output as it is stored. Where the document is on the web, its address is named on standard \
      error; --json gives text, range, headings and the address of the very place.
      """,
    parameters: [source, CorpusOptions.database, start, end, CorpusOptions.json],
    examples: [Example("Check a citation", "ingest show corpus/05-sensors.md --start 1200 --end 1310")],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let corpus = try await CorpusOptions.open(invocation, access: .read)
    let name = invocation[source]
    let text = try await storedText(of: name, in: corpus).unicodeScalars
    let first = invocation[start]
    let last = invocation[end] ?? text.count
    guard first <= last, last <= text.count else {
      throw UsageError(
        "The range \(first) to \(last) does not lie in '\(name)', which has \(text.count) code points."
      )
    }
    let part = String(String.UnicodeScalarView(text.dropFirst(first).prefix(last - first)))
    let named = try await corpus.documents(matching: SearchFilter(sourcePrefix: name))
    guard let document = named.first(where: { $0.source == name }) ?? named.first(where: { $0.name == name })
    else {
      try write(part, invocation)
      return .success
    }
    let place = try await corpus.excerpt(of: document.id, range: first..<last, context: 0)
    let url = DocumentLink.url(
      document.source, at: document.url, anchor: place?.anchor, page: place?.page)
    if invocation[CorpusOptions.json] {
      try invocation.output.json(
        Shown(
          document: document.name, source: document.source, title: document.title, url: url, start: first,
          end: last, length: text.count, headingPath: place?.headingPath ?? [], page: place?.page,
          anchor: place?.anchor, text: part))
      return .success
    }
    if let url { invocation.log.info("\(document.name): \(url)") }
    try write(part, invocation)
    return .success
  }

  private static func storedText(of name: String, in corpus: any CorpusStore) async throws -> String {
    do {
      return try await corpus.text(of: name)
    } catch let error as CorpusError {
      guard error.code == .notFound else { throw error }
      throw try await MissingDocument(name, error, in: corpus)
    }
  }

  /// A pipe gets what is stored, a terminal nothing that could take hold of it.
  private static func write(_ part: String, _ invocation: Invocation) throws {
    let shown = invocation.output.terminalWidth() == nil ? part : TerminalText.cleanLines(part)
    try invocation.output.write(shown.hasSuffix("\n") ? shown : shown + "\n")
  }

  /// What `--json` prints.
  private struct Shown: Encodable {
    var document: String
    var source: String
    var title: String?
    var url: String?
    var start: Int
    var end: Int
    var length: Int
    var headingPath: [String]
    var page: Int?
    var anchor: String?
    var text: String

    enum CodingKeys: String, CodingKey {
      case document, source, title, url, start, end, length, page, anchor, text
      case headingPath = "heading_path"
    }
  }
}
