import Answering
import Commands
import FoundationEssentials
import HTTPClient
import Retrieval
import Setup

/// `ingest eval`: how well questions with known answers are served.
enum EvalCommand {
  static let directory = Argument("DIR", .path, "Folder with corpus.jsonl, queries.jsonl and qrels/test.tsv.")
  static let modes = Option(
    repeated: "mode", ValueType<SearchMode>.choice(), default: [],
    "Only this mode; may be repeated. All that are set up by default.")
  static let answers = Flag("answers", "Also score answers where the set has gold answers.")
  static let limit = Option("limit", .integer(in: 1...), shownDefault: "all", "Questions to answer at most.")
  static let perQuery = Option(
    "per-query", .path, shownDefault: "none", "Write a JSON line for each query and mode.")
  static let comparison = Option(
    "compare", ValueType<[SearchMode]>.pair, shownDefault: "none",
    "Two modes, such as hybrid:dense: say whether they differ.")
  static let requirements = Option(
    repeated: "require", Requirement.type,
    "Fail if a measure is lower, such as hybrid.ndcg@10=0.7, or higher, such as answers.refused_answerable<=0.05."
  )
  static let junit = Option("junit", .path, shownDefault: "none", "Write the requirements as JUnit's XML.")
  static let keep = Option(
    "db", .path, shownDefault: "a temporary one",
    "Corpus to keep, so that another run embeds nothing: a file, or the address of a Qdrant server.")

  static let command = Command(
    "eval", "Measure search and answers on a labelled set in BEIR's layout.",
    discussion: """
      Takes the set's documents into a corpus of its own, which is on the server that QDRANT_URL names, if it does, runs its queries and prints nDCG@10 with a 95 % bootstrap \
      interval, recall, MRR and latency for each mode.
      """,
    parameters: [
      directory, modes, answers, limit, perQuery, comparison, requirements, junit, keep, CorpusOptions.model,
      CorpusOptions.json,
    ],
    examples: [
      Example("The sample book", "ingest eval corpus-questions --answers"),
      Example(
        "In continuous integration",
        "ingest eval corpus-questions --require hybrid.ndcg@10=0.8 --junit eval.xml"),
    ],
    commands: [CompareCommand.command],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let set = try LabelledSet(directory: invocation[directory])
    return try await EvalCorpus.with(set, invocation) { try await run(set, in: $0, invocation) }
  }

  private static func run(
    _ set: LabelledSet, in corpus: any CorpusStore, _ invocation: Invocation
  ) async throws -> ExitCode {
    let start = ContinuousClock.now
    let searcher = try await self.searcher(set, corpus, invocation)
    var reports: [RankingReport] = []
    for mode in try self.modes(invocation, searcher) {
      reports.append(try await set.evaluate(searcher, mode: mode))
    }
    let metrics: AnswerMetrics? =
      invocation[answers]
      ? try await set.evaluateAnswers(Answerer(searcher: searcher), limit: invocation[limit] ?? .max) : nil
    if let file = invocation[perQuery] { try PerQueryFile(reports).write(to: file) }
    let report = EvalReport(
      set: set, reports: reports, answers: metrics,
      comparison: invocation[comparison].flatMap { ModeComparison($0, in: reports) })
    if invocation[CorpusOptions.json] {
      try invocation.output.json(report)
    } else {
      try invocation.output.write(report.text(width: invocation.output.terminalWidth()))
    }
    let cases = invocation[requirements].map { requirement in
      JUnitReport.Case(
        name: requirement.description, failure: requirement.failure(report.measures[requirement.measure]))
    }
    if let file = invocation[junit] {
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      try JUnitReport(suite: "eval.\(set.name)", cases: cases, seconds: seconds).write(to: file)
    }
    for failure in cases.compactMap(\.failure) { invocation.log.error(failure) }
    return cases.contains { $0.failure != nil } ? .failure : .success
  }

  /// The modes to measure, by name.
  private static func modes(_ invocation: Invocation, _ searcher: Searcher) throws -> [SearchMode] {
    let canRerank = searcher.standardMode == .reranked
    var wanted = Set(invocation[modes])
    if wanted.isEmpty { wanted = Set(SearchMode.allCases.filter { canRerank || $0 != .reranked }) }
    wanted.formUnion(invocation[comparison] ?? [])
    if wanted.contains(.reranked), !canRerank {
      throw UsageError(
        "There is no reranker to measure.", hint: "Set RERANK_PROVIDER to local or cohere.")
    }
    return wanted.sorted { $0.rawValue < $1.rawValue }
  }

  private static func searcher(
    _ set: LabelledSet, _ corpus: any CorpusStore, _ invocation: Invocation
  ) async throws -> Searcher {
    let model = try await EmbeddingSetup(settings: invocation.settings, client: HTTPClient())
      .model(invocation[CorpusOptions.model], corpus: try await corpus.fingerprint)
    let loader = LabelledSetLoader(set)
    let progress = IngestProgress(model: model, log: invocation.log)
    defer { progress.finish() }
    let summary = try await Indexer(corpus: corpus, model: model, loader: loader, progress: progress.show)
      .run(loader.discovery)
    if summary.interrupted { throw CancellationError() }
    return try await Searcher(
      corpus: corpus, model: model, vectors: try CorpusOptions.setup(invocation).vectors,
      extras: try CorpusOptions.extras(invocation))
  }
}
