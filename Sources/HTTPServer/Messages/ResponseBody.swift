/// A response's content.
public enum ResponseBody: Sendable {
  case bytes([UInt8])
  case stream(@Sendable (ResponseWriter) async throws -> Void)

  public static let empty = ResponseBody.bytes([])

  /// The whole content in memory, running a stream to its end: for tests of handlers without a server.
  public func collect() async throws -> [UInt8] {
    switch self {
    case .bytes(let bytes):
      return bytes
    case .stream(let produce):
      let sink = CollectingSink()
      try await produce(ResponseWriter(sink: sink))
      return sink.bytes
    }
  }
}
