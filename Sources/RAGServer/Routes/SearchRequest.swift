import HTTPServer
import Retrieval

/// Body of `POST /api/search`.
struct SearchRequest: Decodable {
  struct Filter: Decodable {
    var collections: [String]?
    var tags: [String]?
    var sourcePrefix: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
      case collections, tags
      case sourcePrefix = "source_prefix"
    }

    /// A member that is not known is refused: passing over it would find what was to be left out.
    init(from decoder: any Decoder) throws {
      let known = CodingKeys.allCases.map(\.rawValue)
      for key in try decoder.container(keyedBy: AnyKey.self).allKeys where !known.contains(key.stringValue) {
        throw DecodingError.dataCorrupted(
          DecodingError.Context(
            codingPath: decoder.codingPath + [key],
            debugDescription: "not known here; a filter has \(known.joined(separator: ", "))"))
      }
      let members = try decoder.container(keyedBy: CodingKeys.self)
      collections = try members.decodeIfPresent([String].self, forKey: .collections)
      tags = try members.decodeIfPresent([String].self, forKey: .tags)
      sourcePrefix = try members.decodeIfPresent(String.self, forKey: .sourcePrefix)
    }
  }

  private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }

  var query: String
  var k: Int?
  var mode: String?
  var filter: Filter?
  var correctSpelling: Bool?

  enum CodingKeys: String, CodingKey {
    case query, k, mode, filter
    case correctSpelling = "correct_spelling"
  }

  /// - Parameter standard: the mode where none is asked for.
  /// - Throws: `HTTPError` 400 naming the member that cannot be used.
  func searchQuery(standard: SearchMode) throws -> SearchQuery {
    let limit = k ?? 10
    guard (1...1000).contains(limit) else {
      throw HTTPError.badRequest("k: expected a whole number from 1 to 1000, found \(limit)")
    }
    let wanted = try mode.map { name in
      guard let mode = SearchMode(rawValue: name) else {
        throw HTTPError.badRequest(
          "mode: '\(name.prefix(60))' is none",
          hint: "Send one of \(SearchMode.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
      return mode
    }
    var search = SearchQuery(
      try RequestText.question(query, field: "query"), mode: wanted ?? standard, limit: limit,
      filter: SearchFilter(
        collections: try RequestText.names(filter?.collections, field: "filter.collections"),
        tags: try RequestText.names(filter?.tags, field: "filter.tags"), sourcePrefix: filter?.sourcePrefix))
    search.correctsSpelling = correctSpelling ?? true
    return search
  }
}
