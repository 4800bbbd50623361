import Commands
import Retrieval

/// The part of `ingest add` that is about where files stand on a website.
enum LinkOptions {
  static let base = Option(
    "base-url", .text.named("URL"), shownDefault: "as before, at first none",
    "Address of the folders on the web, to which footnotes then lead; 'none' for nowhere.")
  static let style = Option(
    "url-style", ValueType<SiteLinks.Style>.choice(), default: .plain,
    "What the site makes of 'a.md': plain 'a', folder 'a/', html 'a.html', file 'a.md'.")

  static var parameters: [any Parameter] { [base, style] }

  /// What the command line says of the website; nil where it says nothing.
  enum Change: Equatable {
    case links(SiteLinks)
    case none
  }

  static func change(_ invocation: Invocation) throws(UsageError) -> Change? {
    guard let text = invocation[base] else {
      guard invocation.arguments.origin(of: style) != .commandLine else {
        throw UsageError("--url-style says what --base-url makes of files.", hint: "Add --base-url URL.")
      }
      return nil
    }
    if invocation[AddCommand.paths].contains(where: SiteOptions.isAddress) {
      throw UsageError(
        "--base-url is for files and folders: the pages of a website have addresses of their own.",
        hint: "Add the website in a command of its own.")
    }
    if text == "none" { return Change.none }
    guard let links = SiteLinks(base: text, style: invocation[style]) else {
      throw UsageError(
        "'\(text)' is no address of a folder: it needs the form https://host/path/, without '?' and '#'.")
    }
    return .links(links)
  }

  /// Remembers it with the corpus for what was named, and for whoever reads that again.
  static func keep(
    _ change: Change?, for sources: Sources, _ invocation: Invocation, in corpus: any CorpusStore
  ) async throws {
    guard let change else { return }
    let before = try await SiteLinkBook.load(from: corpus)
    var book = before
    let links: SiteLinks? = if case .links(let links) = change { links } else { nil }
    book.link(sources.discovery.given, of: invocation[AddCommand.collection], to: links)
    if book != before { try await book.save(in: corpus) }
  }
}
