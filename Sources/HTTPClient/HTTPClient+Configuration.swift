extension HTTPClient {
  /// Limits and habits of a client; requests may override the first four.
  public struct Configuration: Sendable {
    /// For name resolution, TCP and TLS together.
    public var connectTimeout: Duration = .seconds(5)
    /// Longest silence of a peer.
    public var idleTimeout: Duration = .seconds(60)
    /// For a request without a deadline.
    public var timeout: Duration = .seconds(600)
    /// Most bytes of a decoded body.
    public var maximumResponseBytes = 64 << 20
    /// Bytes of a streamed body that may wait for their reader before the transfer is paused.
    public var streamBufferBytes = 256 << 10
    /// Connections that are kept open between requests.
    public var idleConnections = 64
    public var proxy = Proxy.environment
    /// A PEM file of trusted certificates instead of the system's.
    public var certificateAuthorityFile: String?
    public var userAgent = "footnote"

    public init() {}
  }

  /// Where requests pass through.
  public enum Proxy: Sendable, Equatable {
    /// `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, as the curl program reads them.
    case environment
    case none
    case url(String)
  }
}
