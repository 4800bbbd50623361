import HTTPServer
import Retrieval

/// Body of `POST /api/search`.
struct SearchRequest: ClosedBody {
  var query: String
  var k: Int?
  var mode: String?
  var filter: FilterBody?
  var correctSpelling: Bool?

  enum CodingKeys: String, CodingKey, CaseIterable {
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
      filter: try filter.searchFilter())
    search.correctsSpelling = correctSpelling ?? true
    return search
  }
}
