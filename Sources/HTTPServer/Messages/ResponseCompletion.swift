/// How a response ended.
public struct ResponseCompletion: Sendable, Equatable {
  public enum Outcome: Sendable, Equatable {
    /// The last byte was handed to the network.
    case sent
    /// The client left, or took nothing for so long that it was cut off.
    case clientGone
    /// The server stopped before it was sent.
    case serverStopped
    /// The stream's producer threw this error, and the connection was cut.
    case failed(String)
  }

  public let outcome: Outcome
  /// Bytes of the body handed to the network, without framing.
  public let bodyBytes: Int
}
