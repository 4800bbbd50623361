import Retrieval

/// The member `filter` of a request: which documents may be searched.
struct FilterBody: ClosedBody {
  var collections: [String]?
  var tags: [String]?
  var sourcePrefix: String?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case collections, tags
    case sourcePrefix = "source_prefix"
  }

  /// A member that is not known is refused: passing over it would find what was to be left out.
  init(from decoder: any Decoder) throws {
    try Self.refuseOthers(in: decoder)
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
