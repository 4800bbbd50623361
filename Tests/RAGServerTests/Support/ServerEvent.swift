import Models
import TestSupport

/// One event of a stream as it came over the wire.
struct ServerEvent: Equatable {
  var type: String?
  var data: String

  var json: JSONValue { (try? JSONValue(parsing: data.utf8)) ?? .null }
}

extension RawResponse {
  /// Events of a body of server-sent events; comments are left out.
  var events: [ServerEvent] {
    text.split(separator: "\n\n").compactMap { block in
      var event = ServerEvent(data: "")
      var lines: [Substring] = []
      for line in block.split(separator: "\n") {
        if line.hasPrefix("event: ") { event.type = String(line.dropFirst(7)) }
        if line.hasPrefix("data: ") { lines.append(line.dropFirst(6)) }
      }
      guard !lines.isEmpty else { return nil }
      event.data = lines.joined(separator: "\n")
      return event
    }
  }
}
