/// The status line and header fields of an answer.
public struct HTTPResponseHead: Sendable, Equatable {
  public var status: Int
  public var headers: HTTPHeaders

  public init(status: Int, headers: HTTPHeaders = [:]) {
    self.status = status
    self.headers = headers
  }

  public var isSuccess: Bool { (200..<300).contains(status) }

  /// The media type in lower case without its parameters, such as `text/event-stream`; empty if absent.
  public var mediaType: String {
    let value = headers["Content-Type"]?.prefix { $0 != ";" } ?? ""
    return value.lowercased().filter { $0 != " " && $0 != "\t" }
  }
}

/// A complete answer.
public struct HTTPResponse: Sendable, Equatable {
  public var head: HTTPResponseHead
  /// The body after content decoding.
  public var body: [UInt8]

  public init(head: HTTPResponseHead, body: [UInt8]) {
    self.head = head
    self.body = body
  }

  public var status: Int { head.status }
  public var headers: HTTPHeaders { head.headers }

  /// The body as UTF-8, broken bytes replaced by U+FFFD.
  public var text: String { String(decoding: body, as: UTF8.self) }
}

/// An answer whose body is still arriving. Letting go of `body` aborts the transfer.
public struct HTTPStreamedResponse: Sendable {
  public let head: HTTPResponseHead
  public let body: HTTPBody
}
