/// Splits bytes into events as section 9.2.6 of the HTML standard says, wherever the pieces were cut.
///
/// Lines end with LF, CR or CRLF; a byte order mark is skipped; events without data are dropped; the end
/// of the stream drops an event that no empty line ended, unless the caller asks for it with `finish()`.
public struct ServerSentEventParser: Sendable {
  /// Most bytes of one event, its current line included.
  public let maximumEventBytes: Int
  /// The last valid `retry` field, in milliseconds.
  public private(set) var retryMilliseconds: Int?

  private var line: [UInt8] = []
  private var data: [UInt8] = []
  private var hasData = false
  private var type = ""
  private var lastID = ""
  private var previousWasCR = false
  private var isFirstLine = true

  public init(maximumEventBytes: Int = 4 << 20) {
    self.maximumEventBytes = maximumEventBytes
  }

  /// Takes the next bytes and returns the events that they complete.
  ///
  /// - Throws: `tooLarge` when an event outgrows the limit; the parser is of no use afterwards.
  public mutating func consume(
    _ bytes: some Collection<UInt8>
  ) throws(HTTPClientError) -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    for byte in bytes {
      defer { previousWasCR = byte == 0x0D }
      switch byte {
      case 0x0A where previousWasCR:
        break
      case 0x0A, 0x0D:
        if let event = endLine() { events.append(event) }
      default:
        line.append(byte)
        if line.count + data.count > maximumEventBytes {
          throw HTTPClientError(.tooLarge, "A server-sent event is larger than \(maximumEventBytes) bytes.")
        }
      }
    }
    return events
  }

  /// The event that the stream ended within. The standard drops it; peers that forget the last empty line
  /// are common enough that a caller may want it.
  public mutating func finish() -> ServerSentEvent? {
    if !line.isEmpty { _ = endLine() }
    return dispatch()
  }

  private mutating func endLine() -> ServerSentEvent? {
    defer { line.removeAll(keepingCapacity: true) }
    if isFirstLine {
      isFirstLine = false
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    }
    if line.isEmpty { return dispatch() }
    // A line that starts with a colon is a comment.
    let colon = line.firstIndex(of: 0x3A)
    if colon == 0 { return nil }
    let name = line[..<(colon ?? line.endIndex)]
    var value = colon.map { line[($0 + 1)...] } ?? []
    if value.first == 0x20 { value = value.dropFirst() }
    set(String(decoding: name, as: UTF8.self), to: value)
    return nil
  }

  private mutating func set(_ field: String, to value: ArraySlice<UInt8>) {
    switch field {
    case "data":
      if hasData { data.append(0x0A) }
      data.append(contentsOf: value)
      hasData = true
    case "event":
      type = String(decoding: value, as: UTF8.self)
    case "id":
      if !value.contains(0) { lastID = String(decoding: value, as: UTF8.self) }
    case "retry":
      if value.allSatisfy({ (0x30...0x39).contains($0) }),
        let milliseconds = Int(String(decoding: value, as: UTF8.self))
      {
        retryMilliseconds = milliseconds
      }
    default:
      break
    }
  }

  private mutating func dispatch() -> ServerSentEvent? {
    defer {
      data = []
      hasData = false
      type = ""
    }
    guard hasData else { return nil }
    return ServerSentEvent(
      type: type.isEmpty ? "message" : type, data: String(decoding: data, as: UTF8.self), id: lastID)
  }
}
