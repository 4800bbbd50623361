import Answering
import Commands
import FoundationEssentials
import HTTPClient
import Retrieval
import Setup

/// `ragserver gaps`: what people asked that the corpus could not answer.
enum GapsCommand {
  static let days = Option("days", .integer(in: 1...3650), shownDefault: "all", "Only of the last days.")
  static let limit = Option("limit", short: "k", .integer(in: 1...1000), default: 20, "Groups wanted.")
  static let json = Flag("json", "Write JSON.")

  static let command = Command(
    "gaps", "Show what people asked that the corpus could not answer.",
    discussion: """
      Reads the questions that were refused, answered with little confidence or disliked from the server's state, and \
      groups them by meaning. Documents that answer the largest groups are the ones to write next.
      """,
    parameters: [days, limit, ServerProgram.database, ServerProgram.state, ServerProgram.model, json],
    variables: EmbeddingSetup.variables + CorpusSetup.variables,
    examples: [Example("The last month", "ragserver gaps --days 30")],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let client = HTTPClient()
    let corpora = CorpusSetup(settings: invocation.settings, client: client)
    let corpus = try await corpora.open(
      try corpora.place(
        file: invocation[ServerProgram.database],
        isExplicit: invocation.arguments.origin(of: ServerProgram.database) == .commandLine), access: .read)
    let model = try await EmbeddingSetup(settings: invocation.settings, client: client)
      .model(invocation[ServerProgram.model], corpus: try await corpus.fingerprint)
    let state = StateSetup(
      path: invocation[ServerProgram.state], database: invocation[ServerProgram.database],
      settings: invocation.settings)
    if let file = state.missingFile {
      invocation.log.warning("There is no state in '\(file)': name the server's own with --state.")
      return try write(GapReport(questions: 0, leftOut: 0, groups: []), invocation)
    }
    let since = invocation[days].map { Date(timeIntervalSinceNow: -86_400 * Double($0)) }
    return try await StateOptions.withState(invocation) { state in
      let questions = try await GapSource(records: state.records).questions(since: since)
      var report = try await GapReport(questions, model: model)
      report.groups = Array(report.groups.prefix(invocation[limit]))
      return try write(report, invocation)
    }
  }

  private static func write(_ report: GapReport, _ invocation: Invocation) throws -> ExitCode {
    if invocation[json] {
      try invocation.output.json(report)
    } else {
      try invocation.output.write(text(of: report))
    }
    return .success
  }

  static func text(of report: GapReport) -> String {
    guard !report.groups.isEmpty else { return "No question was refused, unsure or disliked.\n" }
    let rest =
      report.leftOut > 0
      ? "\(HumanText.count(report.leftOut)) questions of rarer wording were not grouped.\n" : ""
    return report.groups.map { group in
      let reasons = GapReport.Reason.allCases.compactMap { reason in
        group.reasons[reason.rawValue].map { "\($0) \(reason.words)" }
      }
      let lines =
        ["\(group.count)x  \(line(group.question))  (\(reasons.joined(separator: ", ")))"]
        + group.examples.map { "      \(line($0))" }
      return lines.joined(separator: "\n") + "\n"
    }.joined() + rest
  }

  /// What people wrote, on one line and without control characters.
  private static func line(_ text: String) -> String {
    String(TerminalText.clean(text.split(whereSeparator: \.isWhitespace).joined(separator: " ")).prefix(200))
  }
}

extension GapReport.Reason {
  fileprivate var words: String {
    switch self {
    case .refused: "refused"
    case .lowConfidence: "unsure"
    case .disliked: "disliked"
    }
  }
}
