import Commands
import FoundationEssentials
import HTTPClient
import Retrieval
import Setup

/// `ingest eval ablation`: what each technique of the search gives and costs.
enum AblationCommand {
  static let sets = Argument(variadic: "SET", .path, "Folders of labelled sets in BEIR's layout.")
  static let keep = Option(
    "keep", .path, shownDefault: "none",
    "Folder for the corpora, as SET.db and SET-untitled.db, so that another run embeds nothing.")
  static let others = Option(
    repeated: "setting", SearchSetting.setting,
    "Another setting to hold against the search as it is, such as DIVERSITY=0.5.")

  static let command = Command(
    "ablation", "Show what each technique of the search gives and costs.",
    discussion: """
      Measures nDCG@10 and the median time of a search for ten passages with the search as it is and without one \
      technique at a time, or with one that is off by default, and writes a Markdown table for each set. All of them \
      answer each query in turn, so that they are timed under the same conditions. Where titles count, the documents \
      are embedded a second time without them.
      """,
    parameters: [sets, keep, others, CorpusOptions.model, CorpusOptions.json],
    variables: RerankSetup.variables,
    examples: [
      Example("The sample book", "ingest eval ablation corpus-questions"),
      Example("With a reranker", "RERANK_PROVIDER=local ingest eval ablation corpus-questions"),
    ],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    var found: [Ablation] = []
    for directory in invocation[sets] {
      let set = try LabelledSet(directory: directory)
      for remark in set.remarks { invocation.log.warning("\(set.name): \(remark)") }
      let ablation = try await withCorpora(set, invocation) { try await measure(set, $0, invocation) }
      found.append(ablation)
      // A set may take minutes: what is known is shown.
      if !invocation[CorpusOptions.json] {
        try invocation.output.write((found.count > 1 ? "\n" : "") + ablation.markdown)
      }
    }
    if invocation[CorpusOptions.json] { try invocation.output.json(found) }
    return .success
  }

  /// Searchers of one set's documents.
  private struct Searchers {
    var standard: Searcher
    var unstemmed: Searcher
    /// Nil where no document has a title.
    var untitled: Searcher?
  }

  private static func measure(
    _ set: LabelledSet, _ searchers: Searchers, _ invocation: Invocation
  ) async throws -> Ablation {
    let variants = try await self.variants(searchers, invocation)
    let standard = AblationVariant("hybrid", searchers.standard, mode: .hybrid)
    let bar = ProgressBar("Searching", unit: "queries", total: set.queries.count, log: invocation.log)
    defer { bar.finish() }
    let reports = try await set.evaluate([standard] + variants.map(\.search)) { bar.update(done: $0) }
    bar.finish()
    for report in reports {
      let failures = report.queries.compactMap { $0.reranking?.failure }
      guard let last = failures.last else { continue }
      let reason = [last.message, last.hint].compactMap(\.self).joined(separator: " ")
      invocation.log.warning(
        "'\(report.mode)' was measured without its reranker for \(HumanText.count(failures.count)) of "
          + "\(HumanText.count(report.queries.count)) queries: \(reason)")
    }
    return Ablation(set, standard: reports[0], Array(zip(variants, reports.dropFirst())))
  }

  private static func variants(
    _ searchers: Searchers, _ invocation: Invocation
  ) async throws -> [Ablation.Variant] {
    let searcher = searchers.standard
    var variants: [Ablation.Variant] = []
    func without(_ technique: String, _ search: AblationVariant) {
      variants.append(Ablation.Variant(technique: technique, search: search))
    }
    func with(_ technique: String, _ search: AblationVariant) {
      variants.append(Ablation.Variant(technique: technique, search: search, adds: true))
    }
    func changed(
      _ name: String, _ change: @escaping @Sendable (inout PassageSelection) -> Void
    ) -> AblationVariant {
      AblationVariant(name, searcher, mode: .hybrid) { [usual = searcher.selection] query in
        var selection = usual
        change(&selection)
        query.selection = selection
      }
    }
    without("vectors (against BM25 alone)", AblationVariant("lexical", searcher, mode: .lexical))
    without("words (against vectors alone)", AblationVariant("dense", searcher, mode: .dense))
    without(
      "weights found for each question (against 0.6 for all)",
      AblationVariant("fixed", searcher, fusion: .convex(dense: 0.6)))
    without(
      "fusion of scores (against reciprocal ranks)",
      AblationVariant("ranks", searcher, fusion: .reciprocalRank))
    if let untitled = searchers.untitled {
      without("titles and headings in chunks", AblationVariant("untitled", untitled, mode: .hybrid))
    }
    without("stemming", AblationVariant("unstemmed", searchers.unstemmed, mode: .hybrid))
    without(
      "mistyped words put right",
      AblationVariant("misspelt", searcher, mode: .hybrid) { $0.correctsSpelling = false })
    without("merging of neighbours", changed("unmerged") { $0.mergesNeighbours = false })
    without("near duplicates left out", changed("repeated") { $0.duplicates = nil })
    with("diversity 0.3 (off by default)", changed("diverse") { $0.diversity = 0.3 })
    if searcher.offers(.reranked) {
      with(
        searcher.reranksBySentences ? "reranking by sentences and their words" : "reranking",
        AblationVariant("reranked", searcher, mode: .reranked))
    }
    for setting in invocation[others] {
      let other = try await setting.searcher(like: searcher, invocation)
      with(setting.name, AblationVariant(setting.name, other, mode: setting.mode))
    }
    return variants
  }

  /// Runs `body` with the corpora of a set, which are kept where `--keep` says so.
  private static func withCorpora<Result>(
    _ set: LabelledSet, _ invocation: Invocation, _ body: (Searchers) async throws -> Result
  ) async throws -> Result {
    let own = FileManager.default.temporaryDirectory.appending(path: "footnote-ablation-\(UUID().uuidString)")
      .path(percentEncoded: false)
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: own) }
    let folder = invocation[keep] ?? own
    if invocation[keep] != nil {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    let corpus = try Corpus(path: "\(folder)/\(set.name).db", access: .create)
    try await EvalCorpus.checkOwn(corpus)
    let standard = try await EvalCommand.searcher(LabelledSetLoader(set), corpus, invocation)
    let plain = "\(own)/unstemmed.db"
    _ = try await corpus.backUp(to: plain)
    let unstemmed = try Corpus(path: plain, access: .write)
    try await unstemmed.setLexicalOptions(LexicalOptions(stemming: .none))
    var searchers = Searchers(
      standard: standard,
      unstemmed: try await Searcher(
        corpus: unstemmed, model: standard.model, extras: try CorpusOptions.extras(invocation)))
    if set.documents.contains(where: { !($0.title ?? "").isEmpty }) {
      let untitled = try Corpus(path: "\(folder)/\(set.name)-untitled.db", access: .create)
      searchers.untitled = try await EvalCommand.searcher(
        LabelledSetLoader(set, hasTitles: false), untitled, invocation)
    }
    return try await body(searchers)
  }
}
