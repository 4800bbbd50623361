/// Writes server-sent events (WHATWG HTML, section 9.2).
public struct EventStream: Sendable {
  private let writer: ResponseWriter

  init(writer: ResponseWriter) {
    self.writer = writer
  }

  /// Sends one event and returns when it fits into the stream's buffer.
  ///
  /// - Parameters:
  ///   - data: any text; each of its lines becomes a `data:` line, and line ends arrive as `\n`.
  ///   - event: the event's type; `message` for clients if nil. Line ends in it become spaces.
  ///   - id: what the client sends as `Last-Event-ID` when it comes back.
  /// - Throws: `ClientGone` once the client has left, `CancellationError` when the task is cancelled.
  public func send(_ data: String, event: String? = nil, id: String? = nil) async throws {
    try await writer.write(Self.format(data, event: event, id: id))
  }

  /// Sends one event whose data is `value` as JSON.
  public func send(json value: some Encodable, event: String? = nil, id: String? = nil) async throws {
    let data = try JSONCoding.encoder.encode(value)
    try await send(String(decoding: data, as: UTF8.self), event: event, id: id)
  }

  static func format(_ data: String, event: String?, id: String?) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(data.utf8.count + 32)
    if let event { bytes += "event: \(singleLine(event))\n".utf8 }
    if let id { bytes += "id: \(singleLine(id))\n".utf8 }
    bytes += "data: ".utf8
    var previous: UInt8 = 0
    for byte in data.utf8 {
      switch byte {
      case 0x0A where previous == 0x0D: break
      case 0x0A, 0x0D: bytes += "\ndata: ".utf8
      default: bytes.append(byte)
      }
      previous = byte
    }
    bytes += "\n\n".utf8
    return bytes
  }

  private static func singleLine(_ text: String) -> String {
    String(decoding: text.utf8.map { ASCII.isControl($0) ? 0x20 : $0 }, as: UTF8.self)
  }
}

extension Response {
  /// A response of server-sent events.
  ///
  /// - Parameters:
  ///   - keepAlive: a comment is sent whenever nothing else was for that long; nil for never.
  ///   - produce: sends the events, under the conditions of `Response.stream`.
  public static func events(
    keepAlive: Duration? = .seconds(15), headers: HTTPHeaders = [:],
    _ produce: @escaping @Sendable (EventStream) async throws -> Void
  ) -> Response {
    var headers = headers
    headers.setDefault("Cache-Control", "no-cache")
    // Tells nginx not to gather events in its buffer.
    headers.setDefault("X-Accel-Buffering", "no")
    return .stream(contentType: "text/event-stream", headers: headers) { writer in
      if let keepAlive { writer.keepAlive(every: keepAlive, sending: Array(": keep-alive\n\n".utf8)) }
      try await produce(EventStream(writer: writer))
    }
  }
}
