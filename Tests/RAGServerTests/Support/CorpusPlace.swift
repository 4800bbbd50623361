import HTTPClient
import Models
import Qdrant
import Retrieval
import TestSupport

@testable import RAGServer

extension CorpusKind {
  /// Runs `body` with a place for a new corpus.
  func withPlace(_ body: (CorpusPlace) async throws -> Void) async throws {
    switch self {
    case .file:
      try await withTemporaryDirectory { directory in
        try await body(
          CorpusPlace(directory: directory, isShared: false) {
            try Corpus(path: directory + "/test.db", access: $0)
          })
      }
    case .qdrant:
      try await Self.withPlace(on: try await QdrantStandIn.shared(), body)
    }
  }

  /// Runs `body` with a place on a server that may be one of its own.
  static func withPlace(on server: QdrantStandIn, _ body: (CorpusPlace) async throws -> Void) async throws {
    var configuration = HTTPClient.Configuration()
    configuration.proxy = .none
    let client = QdrantClient(
      QdrantEndpoint(url: server.url, key: { server.key }), http: HTTPClient(configuration: configuration),
      retries: Retrier(policy: RetryPolicy(attempts: 2, base: .milliseconds(10))))
    let name = QdrantStandIn.uniqueName()
    try await withTemporaryDirectory { directory in
      try await body(
        CorpusPlace(directory: directory, isShared: true) {
          try await QdrantCorpus.open(client, name: name, access: $0)
        })
    }
    let violations = try await server.violations()
    guard violations.isEmpty else { throw ContractViolation(description: violations.joined(separator: "\n")) }
  }
}

struct ContractViolation: Error, CustomStringConvertible {
  var description: String
}

/// Where one corpus is, and a folder for what belongs to it.
struct CorpusPlace: Sendable {
  let directory: String
  /// Whether any number of processes may write it.
  let isShared: Bool
  let open: @Sendable (Corpus.Access) async throws -> any CorpusStore

  /// Takes documents in through a connection of its own, as another process would.
  func ingest(_ documents: [String: String], _ model: any EmbeddingModel) async throws {
    for (name, text) in documents { try write(text, to: "\(directory)/docs/\(name)") }
    let indexer = Indexer(corpus: try await open(.create), model: model, loader: DocumentReader())
    if !documents.isEmpty { _ = try await indexer.run(.walk([directory + "/docs"])) }
  }
}
