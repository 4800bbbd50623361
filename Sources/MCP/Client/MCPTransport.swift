import Models

/// A way to one server.
protocol MCPTransport: Sendable {
  /// Sends a request and waits for its response.
  ///
  /// - Parameter version: the revision that was agreed on; nil before.
  /// - Throws: `MCPClientError` if there is no response before `deadline`.
  func send(_ request: RPCRequest, version: Revision?, deadline: ContinuousClock.Instant) async throws
    -> RPCResponse

  /// Sends a notification, which has no response.
  func notify(_ method: String, version: Revision?, deadline: ContinuousClock.Instant) async throws

  /// Ends the connection; waits for a child process to be gone.
  func close() async
}

/// Why a server does not answer.
public struct MCPClientError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Code: Sendable {
    /// It cannot be reached or started, or has gone.
    case unavailable
    case timeout
    /// It refuses our credentials.
    case unauthorized
    /// The session has ended: another handshake is needed.
    case sessionEnded
    /// It does not keep to the protocol.
    case invalidResponse
    /// It answered with an HTTP status that is no success.
    case status
  }

  public var code: Code
  public var message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
