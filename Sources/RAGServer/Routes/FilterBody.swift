import Retrieval

/// The member `filter` of a request: which documents may be searched.
struct FilterBody: Decodable {
  var collections: [String]?
  var tags: [String]?
  var sourcePrefix: String?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case collections, tags
    case sourcePrefix = "source_prefix"
  }

  private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
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

/// What all requests have that look into the documents, whatever else they hold.
struct FilteredBody: Decodable {
  var filter: FilterBody?
}

extension FilterBody? {
  /// - Throws: `HTTPError` 400 naming the member that cannot be used.
  func searchFilter() throws -> SearchFilter {
    SearchFilter(
      collections: try RequestText.names(self?.collections, field: "filter.collections"),
      tags: try RequestText.names(self?.tags, field: "filter.tags"), sourcePrefix: self?.sourcePrefix)
  }
}
