import Qdrant

extension QdrantCorpus {
  /// What a crawl or the like remembers; `source` holds the crawl's own key, so that its index finds all of one.
  struct CrawlPayload: Codable, Sendable {
    var kind = "crawl"
    var source: String
    var value: String
  }

  public func value(_ key: String, of crawl: String) async throws -> String? {
    try await reported {
      try await client.retrieve(
        [QdrantNames.crawl(key, of: crawl)], from: names.documents, as: CrawlPayload.self
      ).first?.payload?.value
    }
  }

  public func set(_ values: [String: String?], of crawl: String) async throws {
    try await reported {
      var points: [Point<CrawlPayload>] = []
      var removed: [PointID] = []
      for (key, value) in values {
        let id = QdrantNames.crawl(key, of: crawl)
        if let value {
          points.append(Point(id, payload: CrawlPayload(source: crawl, value: value)))
        } else {
          removed.append(id)
        }
      }
      try await client.upsert(points, into: names.documents)
      try await client.delete(.points(removed), from: names.documents)
    }
  }

  public func removeAll(of crawl: String) async throws {
    let all = Filter(must: [.keyword("kind", "crawl"), .keyword("source", crawl)])
    try await reported { try await client.delete(.matching(all), from: names.documents) }
  }
}
