import Commands
import HTTPClient
import Models
import Retrieval
import Setup

/// `ingest add`: documents into the corpus.
enum AddCommand {
  static let paths = Argument(
    variadic: "PATH|URL", .text,
    "Files, folders, zip archives and websites; '-' reads one document from standard input.")
  static let collection = Option(
    "collection", .text.named("NAME"), default: "default", "Collection to put the documents in.")
  static let tags = Option(repeated: "tag", .text.named("TAG"), "Tag of the documents.")
  static let include = Option(
    repeated: "include", .text.named("GLOB"),
    "Only files that match, such as '*.md' or 'docs/**'.")
  static let exclude = Option(
    repeated: "exclude", .text.named("GLOB"), "No files that match.")
  static let hidden = Flag("hidden", "Also files and folders whose names begin with a dot.")
  static let ignore = Flag("ignore", default: true, "Honour .gitignore and .footnoteignore files.")
  static let keepMissing = Flag("keep-missing", "Keep documents whose files are gone.")
  static let name = Option("name", .text.named("NAME"), "Name of the document on standard input.")
  static let maximumSize = Option(
    "max-size", .byteCount, shownDefault: "100MB for text, 300MB for PDF, EPUB and office",
    "Largest document that is read.")
  static let chunkTokens = Option(
    "chunk-tokens", .integer(in: 32...8000), default: 220, "Size that chunks aim at, in the model's tokens.")
  static let overlapTokens = Option(
    "overlap-tokens", .integer(in: 0...1000), default: 32, "Most tokens that neighbouring chunks share.")
  static let dryRun = Flag("dry-run", "Only say what would be done, and what it would cost.")
  static let watch = Flag("watch", "Go on and take in what changes in the folders, until interrupted.")
  static let describe = Flag(
    "describe", "Have the chat model describe each chunk within its document before it is embedded.")
  static let describeLimit = Option(
    "describe-limit", ValueType<ChunkDescriber.Limit>.spending, shownDefault: "nothing is spent",
    "What the descriptions may cost: dollars, such as 2.50, or tokens, such as 500000t.")
  static let wait = Flag("wait", default: true, "Wait while another process writes the corpus.")

  static let command = Command(
    "add", "Take documents into the corpus, or bring them up to date.",
    discussion: """
      Reads Markdown, MDX, HTML, plain text, reStructuredText, AsciiDoc, Org, LaTeX, EPUB, PDF, Word, Excel, PowerPoint and OpenDocument \
      files, RTF, CSV, mail (EML, mbox), what chats export as JSON, subtitles, Jupyter notebooks, manual pages, documents in XML (DocBook, Mallard, DITA, JATS, TEI, FictionBook, RSS, Atom), any of these packed with gzip, and zip archives; formats are recognised by content. Unchanged documents cost a hash; changed ones replace their chunks; \
      files gone from a folder that is added again are removed. A document that cannot be read is reported and does \
      not stop the others; the exit code is then 1.

      A website is followed from the page that is given, within that page's folder and host, at a gentle rate; its \
      robots.txt is honoured. Added again, it fetches only what has changed; interrupted, it goes on where it stopped.

      With --describe, a chat model says of each chunk what it is about within its document; that is embedded and \
      searched with the chunk, and never cited. It costs a request for each chunk that is new or has changed, so it \
      needs a limit, and --dry-run says what it would take. All chunks of a corpus are described, or none.

      With --base-url, footnotes lead to the website that is made of a folder: to the base joined with a file's path, \
      and to the heading there. The corpus remembers it for the folder, so that later runs and the server keep it.
      """,
    parameters: [
      paths, CorpusOptions.database, collection, tags, include, exclude, hidden, ignore, keepMissing, name,
      maximumSize, chunkTokens, overlapTokens, CorpusOptions.model, describe, describeLimit, dryRun, watch,
      wait, CorpusOptions.json,
    ] + LinkOptions.parameters + SiteOptions.parameters,
    variables: ChatSetup.variables,
    examples: [
      Example("A folder of documentation", "ingest add docs/ --include '*.md'"),
      Example("A book into a collection of its own", "ingest add book.epub --collection books"),
      Example("The manual of a website", "ingest add https://docs.example.org/manual/ --rate 2"),
      Example(
        "Link footnotes to the folder's website", "ingest add docs/ --base-url https://example.org/docs/"),
      Example("Keep up with a folder", "ingest add notes/ --watch"),
      Example("From a pipe", "pandoc notes.odt -t markdown | ingest add - --name notes.md"),
      Example(
        "See the cost of a paid model first", "ingest add docs/ --model text-embedding-3-small --dry-run"),
    ],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let sites = try SiteOptions.crawl(invocation)
    let links = try LinkOptions.change(invocation)
    if invocation[dryRun] {
      guard sites == nil else {
        throw UsageError(
          "A website's cost is not known before it is fetched.",
          hint: "Leave out --dry-run, or use --max-pages 10.")
      }
      return try await estimate(try await Sources(invocation), invocation)
    }
    if invocation[watch] {
      guard sites == nil else {
        throw UsageError(
          "Only files and folders can be watched.", hint: "Add the website again from a timer instead.")
      }
      return try await FolderWatch(invocation).run {
        try await take(try await Sources(invocation), nil, links, invocation)
      }
    }
    let code = try await take(try await Sources(invocation), sites, links, invocation)
    return code
  }

  /// Brings the corpus in line with the sources once.
  private static func take(
    _ sources: Sources, _ sites: CrawlOptions?, _ links: LinkOptions.Change?, _ invocation: Invocation
  ) async throws -> ExitCode {
    let lock = try await CorpusOptions.lock(invocation, waits: invocation[wait])
    defer { withExtendedLifetime(lock) {} }
    let corpus = try await CorpusOptions.open(invocation, access: .create)
    let model = try await EmbeddingSetup(settings: invocation.settings, client: HTTPClient())
      .model(invocation[CorpusOptions.model], corpus: try await corpus.fingerprint)
    let options = try await Describing.options(invocation, corpus, model, sources, isSite: sites != nil)
    try await LinkOptions.keep(links, for: sources, invocation, in: corpus)
    var summary = IndexingSummary()
    if sites == nil || !sources.isEmpty {
      let progress = IngestProgress(model: model, log: invocation.log)
      let indexer = Indexer(
        corpus: corpus, model: model, loader: sources, options: options, progress: progress.show)
      defer { progress.finish() }
      summary = try await indexer.run(sources.discovery)
      let passedOver = sources.discovery.passedOver
      if !passedOver.formats.isEmpty { summary.skipped = passedOver.formats }
      if passedOver.generated > 0 { summary.generated = passedOver.generated }
    }
    if let sites, !summary.interrupted {
      summary.add(try await SiteOptions.take(sites, corpus, model, options, invocation))
    }
    try await corpus.checkpoint()
    for failure in summary.failures { invocation.log.error("\(failure.source): \(failure.error)") }
    try report(summary, invocation)
    if summary.interrupted { return .interrupted }
    return summary.failures.isEmpty ? .success : .failure
  }

  static func options(_ invocation: Invocation) -> IndexingOptions {
    IndexingOptions(
      collection: invocation[collection], tags: invocation[tags], keepsMissing: invocation[keepMissing],
      chunking: ChunkingOptions(target: invocation[chunkTokens], overlap: invocation[overlapTokens]))
  }

  private static func report(_ summary: IndexingSummary, _ invocation: Invocation) throws {
    let documents = summary.documents
    if documents.isEmpty, !summary.interrupted {
      invocation.log.warning(
        "Nothing was found to take in. Files that hold no text, hidden ones and those that --include, --exclude or a "
          + ".gitignore leaves out are passed over.")
    }
    if invocation[CorpusOptions.json] { return try invocation.output.json(summary) }
    let counts = [
      (documents.added, "added"), (documents.changed, "changed"), (documents.unchanged, "unchanged"),
      (documents.removed, "removed"), (documents.failed, "failed"),
    ].filter { $0.0 > 0 }.map { "\(HumanText.count($0.0)) \($0.1)" }
    let chunks = summary.chunks == 0 ? "" : "; \(HumanText.count(summary.chunks, "chunk"))"
    let embedded = summary.chunks == 0 ? "" : " (\(HumanText.count(summary.embedded)) embedded)"
    try invocation.output.line(
      (summary.interrupted ? "Stopped. " : "") + "Documents: "
        + (counts.isEmpty ? "none" : counts.joined(separator: ", "))
        + "\(chunks)\(embedded); \(HumanText.duration(.seconds(summary.seconds)))")
    if let documents = summary.incomplete { try invocation.output.line(ReadInPart.text(documents)) }
    let passedOver = PassedOver(
      formats: summary.skipped ?? [:], generated: summary.generated ?? 0, redirects: summary.redirects ?? 0)
    for line in passedOver.lines { try invocation.output.line(line) }
    if summary.interrupted {
      try invocation.output.line("What was committed is kept; run the same command again to go on.")
    }
  }

  private static func estimate(_ sources: Sources, _ invocation: Invocation) async throws -> ExitCode {
    let stored = try await CorpusOptions.setup(invocation).existing(try CorpusOptions.place(invocation))
    let corpus = try stored ?? Corpus(path: ":memory:", access: .create)
    let model = try await EmbeddingSetup(settings: invocation.settings, client: HTTPClient())
      .model(invocation[CorpusOptions.model], corpus: try await corpus.fingerprint)
    var options = options(invocation)
    let describer = try Describing.describer(invocation, corpus)
    if let describer { options = options.describing(by: describer) }
    let estimate = try await Indexer(
      corpus: corpus, model: model, loader: sources, options: options
    ).estimate(sources.discovery)
    for failure in estimate.failures { invocation.log.error("\(failure.source): \(failure.error)") }
    try CostReport(estimate, model: model, describer: describer?.modelName).write(invocation)
    return estimate.failures.isEmpty ? .success : .failure
  }
}
