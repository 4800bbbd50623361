/// One event of a `text/event-stream`.
public struct ServerSentEvent: Sendable, Hashable {
  /// The last `event` field, `message` if there was none.
  public var type: String
  /// All `data` fields, joined by line feeds.
  public var data: String
  /// The last event id of the stream so far; empty if none was sent.
  public var id: String

  public init(type: String = "message", data: String, id: String = "") {
    self.type = type
    self.data = data
    self.id = id
  }
}
