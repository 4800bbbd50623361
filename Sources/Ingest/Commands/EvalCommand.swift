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
    "Only this mode. All that are set up by default.")
  static let answers = Flag("answers", "Also score answers where the set has gold answers.")
  static let limit = Option("limit", .integer(in: 1...), shownDefault: "all", "Questions to answer at most.")
  static let perQuery = Option(
    "per-query", .path, shownDefault: "none", "Write a JSON line for each query and mode, and for each reply."
  )
  static let comparison = Option(
    pair: "compare", SearchSetting.pair, shownDefault: "none",
    "Two settings, such as hybrid dense or hybrid hybrid,MERGE_PASSAGES=off: say whether they differ.")
  static let split = Option(
    "split", .text.named("NAME"), shownDefault: "test, else dev, validation or train",
    "Judgements to use: qrels/NAME.tsv.")
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
      Takes the set's documents into a corpus of its own, which is on the server that QDRANT_URL names, if it does, \
      runs its queries and prints nDCG@10, recall and MRR with 95 % bootstrap intervals, and the time of a search for \
      ten passages, for each mode.
      """,
    parameters: [
      directory, modes, answers, limit, perQuery, comparison, requirements, junit, split, keep,
      CorpusOptions.model, CorpusOptions.json,
    ],
    variables: RerankSetup.variables,
    examples: [
      Example("The sample book", "ingest eval corpus-questions --answers"),
      Example(
        "Two settings", "ingest eval corpus-questions --compare hybrid hybrid,NEAR_DUPLICATES=off"),
      Example(
        "In continuous integration",
        "ingest eval corpus-questions --require hybrid.ndcg@10=0.8 --junit eval.xml"),
    ],
    commands: [CompareCommand.command, AblationCommand.command],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let set = try LabelledSet(directory: invocation[directory], split: invocation[split])
    for remark in set.remarks { invocation.log.warning("\(set.name): \(remark)") }
    // What cannot be written is better known before the work.
    for file in [invocation[perQuery], invocation[junit]].compactMap(\.self) { try FileWriter.check(file) }
    return try await EvalCorpus.with(set, invocation) { try await run(set, in: $0, invocation) }
  }

  private static func run(
    _ set: LabelledSet, in corpus: any CorpusStore, _ invocation: Invocation
  ) async throws -> ExitCode {
    let start = ContinuousClock.now
    let settings = try self.settings(invocation)
    let scoresAnswers = invocation[answers] && set.hasAnswers
    if invocation[answers], !scoresAnswers {
      invocation.log.warning("\(set.name) has neither gold answers nor questions without an answer.")
    }
    try check(invocation[requirements], settings, answers: scoresAnswers)
    let searcher = try await self.searcher(LabelledSetLoader(set), corpus, invocation)
    var reports: [RankingReport] = []
    for setting in settings {
      let searcher =
        setting.variables.isEmpty ? searcher : try await setting.searcher(like: searcher, invocation)
      let bar = ProgressBar(
        "Searching, \(setting.name)", unit: "queries", total: set.queries.count, log: invocation.log)
      defer { bar.finish() }
      reports.append(
        try await set.evaluate(searcher, mode: setting.mode, name: setting.name) { bar.update(done: $0) })
    }
    let evaluation = scoresAnswers ? try await evaluateAnswers(set, searcher, invocation) : nil
    if let file = invocation[perQuery] {
      try PerQueryFile(reports, replies: evaluation?.replies ?? []).write(to: file)
    }
    let report = EvalReport(
      set: set, reports: reports, answers: evaluation?.metrics,
      comparison: invocation[comparison].flatMap { PairedComparison($0.map(\.name), in: reports) })
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

  private static func evaluateAnswers(
    _ set: LabelledSet, _ searcher: Searcher, _ invocation: Invocation
  ) async throws -> AnswerEvaluation {
    let bar = ProgressBar("Answering", unit: "questions", log: invocation.log)
    defer { bar.finish() }
    return try await set.evaluateAnswers(
      Answerer(searcher: searcher), limit: invocation[limit] ?? .max, each: { bar.advance() })
  }

  /// Makes sure that every requirement is of something that will be measured.
  private static func check(
    _ requirements: [Requirement], _ settings: [SearchSetting], answers: Bool
  ) throws(UsageError) {
    let measured = settings.flatMap { setting in
      (Measure.allCases.map(\.rawValue) + ["p50_ms", "p95_ms"]).map { "\(setting.name).\($0)" }
    }
    let known = Set(measured + (answers ? AnswerMetrics.names.map { "answers.\($0)" } : []))
    for requirement in requirements where !known.contains(requirement.measure) {
      let hint =
        requirement.measure.hasPrefix("answers.") && !answers
        ? "Answers are scored with --answers, where the set has some."
        : "There are \(known.sorted().joined(separator: ", "))."
      throw UsageError("'\(requirement.measure)' is not measured in this run.", hint: hint)
    }
  }

  /// The settings to measure, by name.
  private static func settings(_ invocation: Invocation) throws -> [SearchSetting] {
    let extras = try CorpusOptions.extras(invocation)
    let hasReranker = extras.reranker != nil || extras.sentences != nil
    let compared = invocation[comparison] ?? []
    var wanted = Set(invocation[modes])
    if wanted.isEmpty { wanted = Set(SearchMode.allCases.filter { hasReranker || $0 != .reranked }) }
    for setting in compared where setting.variables.isEmpty { wanted.insert(setting.mode) }
    let needsReranker =
      wanted.contains(.reranked)
      || compared.contains { $0.mode == .reranked && $0.variables["RERANK_PROVIDER"] == nil }
    if needsReranker, !hasReranker {
      throw UsageError(
        "There is no reranker to measure.", hint: "Set RERANK_PROVIDER to sentences, local or cohere.")
    }
    return wanted.sorted { $0.rawValue < $1.rawValue }.map { SearchSetting($0) }
      + compared.filter { !$0.variables.isEmpty }
  }

  /// A searcher of a labelled set's documents, which are taken in first.
  static func searcher(
    _ loader: LabelledSetLoader, _ corpus: any CorpusStore, _ invocation: Invocation
  ) async throws -> Searcher {
    let model = try await EmbeddingSetup(settings: invocation.settings, client: HTTPClient())
      .model(invocation[CorpusOptions.model], corpus: try await corpus.fingerprint)
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
