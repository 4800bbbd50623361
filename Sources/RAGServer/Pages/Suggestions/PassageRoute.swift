import HTTPServer
import Retrieval

/// `GET /api/passage?source=&start=&end=`: the stored text around a citation, which is shown with it.
struct PassageRoute {
  /// Most code points that are sent: enough to read on, too few to copy a library by.
  static let longest = 20_000

  struct Reply: Codable, Equatable {
    /// Short name of the document.
    var document: String
    var text: String
    /// Code points of the stored text that `text` is.
    var start: Int
    var end: Int
    /// Code points of the whole stored text.
    var length: Int
  }

  let corpus: any CorpusStore

  func add(to api: RouteGroup) {
    let corpus = corpus
    api.get("/passage") { request in
      let query = request.query
      guard let source = query["source"], !source.isEmpty else {
        throw HTTPError.badRequest("source: required", hint: "Send the 'source' of a citation.")
      }
      let start = try position("start", in: query) ?? 0
      let end = try position("end", in: query) ?? start + Self.longest
      guard start <= end, end - start <= Self.longest else {
        throw HTTPError.badRequest("end: expected \(start) to \(start + Self.longest), found \(end)")
      }
      let named = try await corpus.documents(matching: SearchFilter(sourcePrefix: source))
      let document = named.first { $0.source == source } ?? named.first { $0.name == source }
      guard let document,
        let excerpt = try await corpus.excerpt(of: document.id, range: start..<end, context: 0)
      else {
        throw HTTPError.notFound(
          "The corpus holds no document '\(source)'.", hint: "It may have been removed since it was cited.")
      }
      return try .reply(
        Reply(
          document: document.name, text: excerpt.text, start: excerpt.range.lowerBound,
          end: excerpt.range.upperBound, length: excerpt.length))
    }

    @Sendable func position(_ name: String, in query: FormItems) throws -> Int? {
      guard let text = query[name] else { return nil }
      guard let value = Int(text), (0...1 << 40).contains(value) else {
        throw HTTPError.badRequest("\(name): expected a whole number from 0, found '\(text.prefix(40))'")
      }
      return value
    }
  }
}
