/// What one client may cost. The defaults suit a service that is reached directly.
public struct ServerLimits: Sendable {
  /// Open connections; further ones are answered 503 and closed.
  public var connections = 10_000
  /// Open connections from one address; trusted proxies are not counted.
  public var connectionsPerAddress = 2_000
  /// Bytes of memory for reading a request's head and for sending; a head that fills more than about three
  /// quarters of it is answered 431, a request line 414.
  public var connectionMemory = 32_768
  /// Bytes of a request's target, else 414.
  public var targetBytes = 8_192
  /// Header fields of a request, else 431.
  public var headerFields = 100
  /// Bytes of a body where the route says nothing else, else 413.
  public var bodyBytes = 1_048_576
  /// Bytes beyond the limit that are read and dropped, so that a client that sends first and reads later
  /// sees its 413 instead of a broken connection.
  public var drainedBytes = 16_777_216
  /// Bytes of all bodies held at once, else 503.
  public var bodyBytesInTotal = 536_870_912
  /// Bytes of a streamed response that wait for a slow client before its producer is made to wait.
  public var streamBuffer = 65_536
  /// How long a connection may stay without a byte in either direction, while the server is not working for
  /// it; in whole seconds, at least one.
  public var idleTimeout: Duration = .seconds(60)
  /// How long a request's head may take from its first line. A client that sends its first line byte by byte
  /// is cut off after `idleTimeout` and this.
  public var headTimeout: Duration = .seconds(15)
  /// How long a body may take from the end of the head.
  public var bodyTimeout: Duration = .seconds(120)
  /// How long a client may take to receive a response that is not streamed.
  public var sendTimeout: Duration = .seconds(300)

  public init() {}
}
