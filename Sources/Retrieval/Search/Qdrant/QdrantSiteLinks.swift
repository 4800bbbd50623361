import Qdrant
import Synchronization

/// The websites of a corpus's folders, for searches; what was read is believed for a few seconds.
final class QdrantSiteLinks: Sendable {
  private static let lifetime: Duration = .seconds(5)

  private let client: QdrantClient
  private let names: QdrantNames
  private let read = Mutex<(book: SiteLinkBook, at: ContinuousClock.Instant)?>(nil)

  init(client: QdrantClient, names: QdrantNames) {
    self.client = client
    self.names = names
  }

  func book() async throws -> SiteLinkBook {
    if let read = read.withLock({ $0 }), .now - read.at < Self.lifetime { return read.book }
    let id = QdrantNames.crawl(SiteLinkBook.key, of: SiteLinkBook.shelf)
    let text = try await client.retrieve([id], from: names.documents, as: QdrantCorpus.CrawlPayload.self)
      .first?.payload?.value
    let book = SiteLinkBook(stored: text)
    read.withLock { $0 = (book, .now) }
    return book
  }
}
