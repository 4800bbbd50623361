import Answering
import Retrieval

/// What a mark such as `[1]` in an answer rests on.
struct ChatKitAnnotation: Encodable, Sendable, Equatable {
  let type = "annotation"
  var source: ChatKitSource
  /// Position of the mark in the text, in code points.
  var index: Int
  /// Everything about the place, ranges included: a member of our own, which official clients ignore.
  var citation: Citation

  /// The annotations of a text in the order of its marks; numbers in code are no marks.
  static func all(in text: String, _ citations: [Citation]) -> [ChatKitAnnotation] {
    CitedMark.all(in: text, citations).map { mark in
      ChatKitAnnotation(
        source: ChatKitSource(mark.citation), index: mark.range.lowerBound, citation: mark.citation)
    }
  }
}

/// A document as a client of the protocol shows it: a page of the web by its address, anything else by its name.
struct ChatKitSource: Encodable, Sendable, Equatable {
  var type: String
  var title: String
  /// Headings and page, then the beginning of the quotation.
  var description: String
  /// Keeps a document's sources together.
  var group: String
  /// With the anchor of the heading where there is one.
  var url: String?
  /// The site of `url`.
  var attribution: String?
  var filename: String?

  private static let longestQuote = 200

  init(_ citation: Citation) {
    title = citation.title ?? citation.document
    group = citation.document
    var place = citation.headingPath
    if place.first == title { place.removeFirst() }
    if let page = citation.page { place.append("page \(page)") }
    let quote = citation.quote.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let shown = quote.count > Self.longestQuote ? quote.prefix(Self.longestQuote - 1) + "…" : quote
    let separator = place.isEmpty ? "" : ": "
    description = place.joined(separator: " › ") + "\(separator)“\(shown)”"
    // Answers that were stored before citations had an address of their own.
    let address =
      citation.url ?? DocumentLink.url(citation.source, anchor: citation.anchor, page: citation.page)
    guard let address else {
      type = "file"
      filename = citation.document
      return
    }
    type = "url"
    url = address
    attribution = address.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first
      .map(String.init)
  }
}
