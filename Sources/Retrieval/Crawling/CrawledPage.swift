import HTTPClient

/// What is remembered of a page between crawls.
struct KnownPage: Sendable, Equatable, Codable {
  var url: String
  /// Validators for a conditional request (RFC 9110, section 13).
  var etag: String?
  var lastModified: String?
  /// Unix seconds of the last answer.
  var fetchedAt: Double
  /// Where its links lead, since a page that has not changed is not sent again.
  var links: [String] = []
  /// Whether the corpus holds it as a document of its own.
  var isDocument: Bool
}

/// What came of one address.
enum CrawlOutcome: Sendable {
  /// A document, parsed by the parser of that name.
  case document(ParsedDocument, name: String, parser: String)
  /// The corpus holds it as it is.
  case unchanged
  /// It is to be left out: it asks for that, leads elsewhere, or is known under another address.
  case passed
  /// It is no longer there.
  case gone
  case failed(DocumentError)
}

/// One visited address, for the run that writes the corpus.
struct CrawledPage: Sendable {
  var url: WebURL
  var outcome: CrawlOutcome
  /// What to remember once the outcome is in the corpus; nil to forget the page.
  var known: KnownPage?
}
