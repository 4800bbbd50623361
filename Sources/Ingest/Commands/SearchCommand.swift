import Commands
import Retrieval

/// `ingest search`: the passages nearest to a question.
enum SearchCommand {
  static let question = Argument(words: "QUESTION", "What to look for; needs no quotes.")
  static let limit = Option("limit", short: "k", .integer(in: 1...1000), default: 10, "Passages wanted.")
  static let mode = Option(
    "mode", ValueType<SearchMode>.choice(), shownDefault: "reranked where there is a reranker, else hybrid",
    "By words, by meaning, by both, or by both and a reranker.")

  static let asWritten = Flag("as-written", "Search for mistyped words as they stand.")

  static let command = Command(
    "search", "Find the passages that fit a question best.",
    parameters: [
      question, limit, mode, asWritten, CorpusOptions.collections, CorpusOptions.tags, CorpusOptions.prefix,
      CorpusOptions.database, CorpusOptions.model, CorpusOptions.json,
    ],
    examples: [
      Example("Five passages by words alone", "ingest search -k 5 --mode lexical zero moment point")
    ],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    guard !invocation[question].allSatisfy(\.isWhitespace) else {
      throw UsageError("Argument 'QUESTION' needs a text, not white space alone.")
    }
    let searcher = try await CorpusOptions.searcher(invocation)
    var query = SearchQuery(
      invocation[question], mode: invocation[mode] ?? searcher.standardMode, limit: invocation[limit],
      filter: CorpusOptions.filter(invocation))
    query.correctsSpelling = !invocation[asWritten]
    let result = try await searcher.search(query)
    if let corrected = result.correctedQuery { invocation.log.info("Searched for: \(corrected)") }
    if let failure = result.reranking?.failure {
      invocation.log.warning("Not reranked: \(failure.message) \(failure.hint ?? "")")
    }
    if result.passages.isEmpty { try await CorpusOptions.explainNothing(invocation, in: searcher.corpus) }
    if invocation[CorpusOptions.json] {
      try invocation.output.json(result)
    } else if result.passages.isEmpty {
      try invocation.output.line("Nothing found.")
    } else {
      try invocation.output.write(PassageText(invocation.output).text(of: result.passages))
    }
    return .success
  }
}
