internal import CMicroHTTPD
import Glibc

/// The answer to a connection that is one too many.
enum Refusal {
  private static let response: [UInt8] = {
    let body =
      #"{"error":{"code":"too_many_connections","message":"The server has as many connections as it takes.","#
      + #""hint":"Try again in a moment.","request_id":null}}"#
    let head =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nRetry-After: 1\r\n"
      + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n"
    return Array((head + body).utf8)
  }()

  /// Sends what fits at once and closes the socket.
  static func send(to descriptor: Int32) {
    _ = Glibc.send(descriptor, response, response.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    shutdown(descriptor, Int32(SHUT_WR))
    // What the client has sent is read, or closing would reset the connection under the answer.
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT)) > 0 {}
    close(descriptor)
  }
}
