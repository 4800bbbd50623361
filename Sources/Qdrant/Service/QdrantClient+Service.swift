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
}
