import HTTPClient
import Models
import Qdrant
import TestSupport

@testable import Retrieval

/// The stores that the same tests run against.
enum StoreKind: String, CaseIterable, CustomStringConvertible {
  case file, qdrant

  /// Those that can be tested here.
  static var testable: [StoreKind] { QdrantStandIn.isAvailable ? allCases : [.file] }

  var description: String { rawValue }

  /// Runs `body` with a place for a new corpus; opening it twice gives two readers of the same corpus.
  func withPlace(_ body: (StorePlace) async throws -> Void) async throws {
    switch self {
    case .file:
      try await withTemporaryDirectory { directory in
        try await body(StorePlace { access in try Corpus(path: directory + "/test.db", access: access) })
      }
    case .qdrant:
      let server = try await QdrantStandIn.shared()
      let client = QdrantClient(
        QdrantEndpoint(url: server.url, key: { server.key }), http: Self.http,
        retries: Retrier(policy: RetryPolicy(attempts: 2, base: .milliseconds(10))))
      let name = QdrantStandIn.uniqueName()
      do {
        try await body(
          StorePlace { access in try await QdrantCorpus.open(client, name: name, access: access) })
      } catch {
        try await Self.remove(name, client)
        throw error
      }
      try await Self.remove(name, client)
      let violations = try await server.violations()
      guard violations.isEmpty else {
        throw ContractViolation(description: violations.joined(separator: "\n"))
      }
    }
  }

  private static let http: HTTPClient = {
    var configuration = HTTPClient.Configuration()
    configuration.proxy = .none
    return HTTPClient(configuration: configuration)
  }()

  private static func remove(_ name: String, _ client: QdrantClient) async throws {
    if try await client.collection(ofAlias: name) != nil { try await client.deleteAlias(name) }
    for collection in try await client.collections() where collection.hasPrefix(name) {
      try await client.deleteCollection(collection)
    }
  }
}

struct ContractViolation: Error, CustomStringConvertible {
  var description: String
}

/// Where one corpus is.
struct StorePlace {
  let open: (Corpus.Access) async throws -> any CorpusStore
}
