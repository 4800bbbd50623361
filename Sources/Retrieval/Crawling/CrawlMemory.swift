/// Keeps what crawls know, so that an interrupted one goes on and a later one fetches only what has changed.
public protocol CrawlMemory: Sendable {
  /// A key of the crawl's own, such as its start and collection.
  func value(_ key: String, of crawl: String) async throws -> String?

  /// Sets values and removes those that are nil, all or none.
  func set(_ values: [String: String?], of crawl: String) async throws

  func removeAll(of crawl: String) async throws
}

extension Corpus {
  public func value(_ key: String, of crawl: String) throws -> String? {
    try reported {
      try connection.first("SELECT value FROM crawls WHERE crawl = ? AND key = ?", .text(crawl), .text(key)) {
        $0.text(0)
      }
    }
  }

  public func set(_ values: [String: String?], of crawl: String) throws {
    try reported {
      try connection.transaction {
        for (key, value) in values {
          if let value {
            try connection.run(
              "INSERT OR REPLACE INTO crawls VALUES (?, ?, ?)", .text(crawl), .text(key), .text(value))
          } else {
            try connection.run("DELETE FROM crawls WHERE crawl = ? AND key = ?", .text(crawl), .text(key))
          }
        }
      }
    }
  }

  public func removeAll(of crawl: String) throws {
    try reported { _ = try connection.run("DELETE FROM crawls WHERE crawl = ?", .text(crawl)) }
  }
}
