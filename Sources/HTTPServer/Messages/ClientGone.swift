/// The client left, or was cut off, before its response was complete.
public struct ClientGone: Error, Sendable, CustomStringConvertible {
  public init() {}
  public var description: String { "The client closed the connection before its response was complete." }
}
