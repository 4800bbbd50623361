/// A way in which a provider misbehaves once.
public enum Fault: Sendable {
  /// Answers this instead.
  case answer(LocalResponse)
  /// Never answers.
  case hang
  /// Closes the connection without an answer.
  case close
  /// Gives the right answer, but only its first bytes after the head.
  case cutOff(afterBytes: Int)
  /// Gives the right answer, but stops for good after its first bytes.
  case stall(afterBytes: Int)
  /// Gives the right answer one byte at a time.
  case slow(milliseconds: Int)
  /// Promises the right type, and sends something else.
  case garbage
  /// Does not speak HTTP.
  case noise

  /// The answer of a proxy on the way.
  public static func html(_ status: Int, title: String) -> Fault {
    .answer(
      LocalResponse(
        "<!DOCTYPE html>\n<html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>",
        status: status, type: "text/html"))
  }

  public static func empty(_ status: Int) -> Fault {
    .answer(LocalResponse(status))
  }

  func perform(insteadOf right: LocalResponse, on connection: LocalConnection) {
    switch self {
    case .answer(let response):
      connection.respond(response)
    case .hang:
      connection.waitForPeerToClose()
    case .close:
      connection.cut()
    case .cutOff(let count):
      connection.write(right.head(contentLength: right.body.count))
      connection.write(right.body.prefix(count))
      connection.cut()
    case .stall(let count):
      connection.write(right.head(contentLength: right.body.count))
      connection.write(right.body.prefix(count))
      connection.waitForPeerToClose()
    case .slow(let milliseconds):
      connection.write(right.head(contentLength: right.body.count))
      connection.dribble(right.body, milliseconds: milliseconds)
    case .garbage:
      let text = right.isEventStream ? "data: {\"choices\": [{\"delta\"\n\n" : "{\"object\": \"li"
      connection.respond(LocalResponse(right.status, headers: right.headers, body: Array(text.utf8)))
    case .noise:
      connection.write("\u{15}\u{3}\u{1} no such protocol\r\n\r\n")
      connection.cut()
    }
  }
}

extension LocalResponse {
  var isEventStream: Bool {
    headers.contains { $0.0 == "Content-Type" && $0.1.hasPrefix("text/event-stream") }
  }
}
