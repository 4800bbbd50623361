/// An answer to be sent as it is.
public struct LocalResponse: Sendable {
  public var status: Int
  public var headers: [(String, String)]
  public var body: [UInt8]

  public init(_ status: Int = 200, headers: [(String, String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  public init(
    _ text: String, status: Int = 200, type: String = "text/plain", headers: [(String, String)] = []
  ) {
    self.init(status, headers: [("Content-Type", type)] + headers, body: Array(text.utf8))
  }

  public static func json(
    _ text: String, status: Int = 200, headers: [(String, String)] = []
  ) -> LocalResponse {
    LocalResponse(text, status: status, type: "application/json", headers: headers)
  }

  /// Status line and header fields; chunked without a length.
  func head(contentLength: Int?) -> String {
    let framing = contentLength.map { ("Content-Length", "\($0)") } ?? ("Transfer-Encoding", "chunked")
    return "HTTP/1.1 \(status) Scripted\r\n"
      + (headers + [framing]).map { "\($0.0): \($0.1)\r\n" }.joined() + "\r\n"
  }
}
