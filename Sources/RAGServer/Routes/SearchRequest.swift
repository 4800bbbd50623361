import HTTPServer
import Retrieval

/// Body of `POST /api/search`.
struct SearchRequest: Decodable {
  struct Filter: Decodable {
    var collections: [String]?
    var tags: [String]?
    var sourcePrefix: String?

    enum CodingKeys: String, CodingKey {
      case collections, tags
      case sourcePrefix = "source_prefix"
    }
  }

  var query: String
  var k: Int?
  var mode: SearchMode?
  var filter: Filter?

  /// - Parameter standard: the mode where none is asked for.
  /// - Throws: `HTTPError` 400 naming the member that cannot be used.
  func searchQuery(standard: SearchMode) throws -> SearchQuery {
    let limit = k ?? 10
    guard (1...1000).contains(limit) else {
      throw HTTPError.badRequest("k: expected a whole number from 1 to 1000, found \(limit)")
    }
    return SearchQuery(
      try RequestText.question(query, field: "query"), mode: mode ?? standard, limit: limit,
      filter: SearchFilter(
        collections: try RequestText.names(filter?.collections, field: "filter.collections"),
        tags: try RequestText.names(filter?.tags, field: "filter.tags"), sourcePrefix: filter?.sourcePrefix))
  }
}
