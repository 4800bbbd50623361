import HTTPClient

extension QdrantClient {
  public struct Version: Sendable, Decodable {
    /// `qdrant - vector search engine`.
    public var title: String
    /// Such as `1.19.0`.
    public var version: String

    /// Major and minor number.
    public var numbers: (major: Int, minor: Int)? {
      let parts = version.split(separator: ".").prefix(2).compactMap { Int($0) }
      return parts.count == 2 ? (parts[0], parts[1]) : nil
    }
  }

  /// Asks without a key's being needed.
  public func version() async throws -> Version {
    let response = try await send(.get, "/", to: "say its version")
    guard let version = try? JSON.decode(Version.self, from: response.body) else {
      throw invalid("say its version", "it does not answer as Qdrant does")
    }
    return version
  }

  /// Whether all shards are ready; needs no key.
  public func isReady() async throws -> Bool {
    let response = try await exchange(
      .get, "/readyz", nil, deadline: retrier.now() + timeout, to: "say whether it is ready")
    if response.head.isSuccess { return true }
    if response.status == 503 { return false }
    throw QdrantError(response, operation: "say whether it is ready", endpoint: endpoint)
  }

  /// What the server is and how it is built; a key is needed where one is set.
  public struct Telemetry: Sendable, Decodable {
    public struct App: Sendable, Decodable {
      public var name: String
      public var version: String
    }

    public var id: String?
    public var app: App?
  }

  public func telemetry() async throws -> Telemetry {
    try await call(.get, "/telemetry", as: Telemetry.self, to: "give telemetry")
  }

  /// Whether the server is one of a cluster, and of how many.
  public struct Cluster: Sendable, Decodable {
    /// `enabled` or `disabled`.
    public var status: String
    public var peers: [String: Peer]?

    public struct Peer: Sendable, Decodable {
      public var uri: String
    }
  }

  public func cluster() async throws -> Cluster {
    try await call(.get, "/cluster", as: Cluster.self, to: "describe its cluster")
  }
}
