/// Why no (complete) answer came. An answer with an error status is not an error of this kind.
///
/// The description names the method, the host and the path; it never holds a query, a header or a body,
/// where keys travel.
public struct HTTPClientError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of failure; new ones may be added, so there is no exhaustive list to switch over.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Value: String {
      case badURL, badHeader, dns, cannotConnect, forbiddenAddress, tls, timeout, cutOff, tooLarge,
        invalidResponse,
        tooManyRedirects, cancelled, closed, failed
    }

    private let value: Value
    private init(_ value: Value) { self.value = value }
    public var description: String { value.rawValue }

    /// Not an absolute http or https URL.
    public static let badURL = Code(.badURL)
    /// A header name or value with a line break or another control character in it.
    public static let badHeader = Code(.badHeader)
    /// The host or proxy name could not be resolved.
    public static let dns = Code(.dns)
    /// Refused or unreachable.
    public static let cannotConnect = Code(.cannotConnect)
    /// The host has no address that the request may connect to.
    public static let forbiddenAddress = Code(.forbiddenAddress)
    /// The handshake failed or the certificate is not trusted.
    public static let tls = Code(.tls)
    /// Connecting, the peer's silence or the whole request took too long.
    public static let timeout = Code(.timeout)
    /// The connection ended before the answer did.
    public static let cutOff = Code(.cutOff)
    /// The answer, or one event of it, is larger than the limit.
    public static let tooLarge = Code(.tooLarge)
    /// What came back is not HTTP, or its content encoding is broken.
    public static let invalidResponse = Code(.invalidResponse)
    /// More redirects than the request allows.
    public static let tooManyRedirects = Code(.tooManyRedirects)
    /// The task was cancelled or the body was let go of.
    public static let cancelled = Code(.cancelled)
    /// The client was shut down.
    public static let closed = Code(.closed)
    /// Anything else that libcurl reports.
    public static let failed = Code(.failed)
  }

  public let code: Code
  public let description: String

  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
