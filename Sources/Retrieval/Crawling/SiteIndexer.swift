import FoundationEssentials
import HTTPClient
import Models

/// Brings a corpus in line with a website.
///
/// Pages are fetched politely and committed in small groups, so that an interrupted run goes on where it stopped; a
/// page whose readable text has not changed is not written, and nothing is embedded twice. Pages that have left the
/// site are removed once the whole crawl has been done.
public struct SiteIndexer: Sendable {
  private let corpus: any CorpusStore
  private let model: any EmbeddingModel
  private let client: HTTPClient
  private let crawl: CrawlOptions
  private let options: IndexingOptions
  private let progress: @Sendable (_ visited: Int, _ address: String) -> Void

  /// - Parameter progress: told of each visited address.
  public init(
    corpus: any CorpusStore, model: any EmbeddingModel, client: HTTPClient, crawl: CrawlOptions,
    options: IndexingOptions = IndexingOptions(),
    progress: @escaping @Sendable (_ visited: Int, _ address: String) -> Void = { _, _ in }
  ) {
    self.corpus = corpus
    self.model = model
    self.client = client
    self.crawl = crawl
    self.options = options
    self.progress = progress
  }

  /// Pages that are committed together.
  private static let group = 16

  /// - Throws: `CorpusError` if the corpus cannot be written; the model's error if it fails for good. A cancelled run
  ///   ends with a summary that says so.
  public func run() async throws -> IndexingSummary {
    let start = ContinuousClock.now
    var summary = IndexingSummary()
    do {
      try await run(&summary)
    } catch is CancellationError {
      summary.interrupted = true
    }
    summary.seconds = (ContinuousClock.now - start) / .seconds(1)
    return summary
  }

  private func run(_ summary: inout IndexingSummary) async throws {
    let scope = CrawlScope(crawl)
    let name = ([options.collection] + crawl.starts.map(\.description)).joined(separator: " ")
    let begun = try await begin(name)
    let crawler = Crawler(client: client, options: crawl, scope: scope) { url in
      try await known(url, of: name, since: begun)
    }
    var kept: Set<String> = []
    var waiting: [CrawledPage] = []
    var visited = 0
    var total = summary
    // Also of a crawl that is broken off: what is counted was committed.
    defer { summary = total }
    let outcome = try await crawler.run { page in
      visited += 1
      progress(visited, page.url.description)
      switch page.outcome {
      case .document, .unchanged, .failed: kept.insert(page.url.description)
      case .passed, .gone: break
      }
      waiting.append(page)
      if waiting.count >= Self.group {
        try await commit(waiting, crawl: name, &total)
        waiting = []
      }
    }
    try await commit(waiting, crawl: name, &total)
    if outcome.omitted > 0 {
      total.failures.append(
        IndexingSummary.Failure(
          source: crawl.starts.map(\.description).joined(separator: " "),
          error:
            "\(outcome.omitted) more pages were found than the limit of \(crawl.pages) lets in. Raise --max-pages."
        ))
    }
    for (url, error) in outcome.damagedSitemaps {
      total.failures.append(
        IndexingSummary.Failure(
          source: url.description, error: "The sitemap cannot be read, so its pages may be missing. \(error)")
      )
    }
    // Pages that only a sitemap names are not gone when it cannot be read.
    let isWhole = outcome.damagedSitemaps.isEmpty && outcome.omitted == 0 && crawl.depth == nil
    if !options.keepsMissing, outcome.reachedStart, isWhole {
      try await removeMissing(scope, kept, &total)
    }
    try await corpus.set(["finished": "\(Date().timeIntervalSince1970)"], of: name)
  }

  /// When this crawl began: now, or earlier if it goes on with an interrupted one.
  private func begin(_ name: String) async throws -> Double {
    let now = Date().timeIntervalSince1970
    if let begun = try await corpus.value("begun", of: name).flatMap({ Double($0) }),
      try await corpus.value("finished", of: name) == nil, now - begun < crawl.resumesWithin
    {
      return begun
    }
    try await corpus.set(["begun": "\(now)", "finished": nil], of: name)
    return now
  }

  private func known(
    _ url: WebURL, of name: String, since begun: Double
  ) async throws -> (page: KnownPage, isDone: Bool)? {
    guard let text = try await corpus.value("page " + url.description, of: name),
      let page = try? JSONDecoder().decode(KnownPage.self, from: Data(text.utf8))
    else { return nil }
    if page.isDocument {
      // What was removed or is to be cut anew has to be sent again.
      guard let state = try await corpus.state(of: page.url, in: options.collection), state.status == .ready,
        options.isCurrent(state.recipe), state.tags == Set(options.tags)
      else { return nil }
    }
    return (page, page.fetchedAt >= begun)
  }

  private func commit(_ pages: [CrawledPage], crawl name: String, _ summary: inout IndexingSummary)
    async throws
  {
    var loader = PageLoader()
    var discovery = Discovery()
    var known: [String: String?] = [:]
    var gone: [String] = []
    for page in pages {
      let source = page.url.description
      if let page = page.known {
        known["page " + source] = String(decoding: try JSONEncoder().encode(page), as: UTF8.self)
      } else {
        known["page " + source] = .some(nil)
      }
      switch page.outcome {
      case .document(let document, let name, let parser):
        discovery.files.append(SourceFile(source: source, name: name))
        loader.pages[source] = (document, parser)
      case .failed(let error):
        discovery.failures.append(SourceFailure(source: source, name: PageVisit.name(page.url), error: error))
      case .unchanged: summary.documents.unchanged += 1
      case .passed, .gone:
        if try await corpus.state(of: source, in: options.collection) != nil { gone.append(source) }
      }
    }
    if !discovery.files.isEmpty || !discovery.failures.isEmpty {
      let part = try await Indexer(corpus: corpus, model: model, loader: loader, options: options).run(
        discovery)
      summary.add(part)
      if part.interrupted { throw CancellationError() }
    }
    if !gone.isEmpty, !options.keepsMissing {
      try await corpus.remove(gone, in: options.collection)
      summary.documents.removed += gone.count
    }
    try await corpus.set(known, of: name)
  }

  private func removeMissing(
    _ scope: CrawlScope, _ kept: Set<String>, _ summary: inout IndexingSummary
  ) async throws {
    var gone: Set<String> = []
    for prefix in Set(scope.prefixes) {
      for source in try await corpus.sources(below: prefix, in: options.collection)
      where !kept.contains(source) {
        gone.insert(source)
      }
    }
    try await corpus.remove(gone.sorted(), in: options.collection)
    summary.documents.removed += gone.count
  }
}

/// Hands out pages that have been fetched and parsed; they are told apart by what a reader sees of them.
private struct PageLoader: DocumentLoader {
  var pages: [String: (document: ParsedDocument, parser: String)] = [:]

  func read(_ file: SourceFile) throws -> DocumentReader.Content {
    guard let document = pages[file.source]?.document else {
      throw DocumentError(.unreadable, "The page '\(file.source)' was not fetched.")
    }
    var bytes = Array("\(document.title ?? "")\n".utf8)
    for block in document.blocks {
      bytes += "\(block.kind) \(block.anchor ?? "") \(block.range)\n".utf8
    }
    // The page is found again by the last line.
    return .document(bytes + document.text.utf8 + [UInt8(ascii: "\n")] + file.source.utf8)
  }

  func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    guard let page = page(bytes) else {
      throw DocumentError(.unreadable, "The page '\(name)' was not fetched.")
    }
    return page.document
  }

  func parser(of bytes: [UInt8], name: String) -> String { page(bytes)?.parser ?? "" }

  private func page(_ bytes: [UInt8]) -> (document: ParsedDocument, parser: String)? {
    let start = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.startIndex
    return pages[String(decoding: bytes[start...], as: UTF8.self)]
  }
}
