internal import CMicroHTTPD

/// A response on its way to the client.
struct Reply: Sendable {
  private let response: Response
  /// Where a streamed body comes from; nil for any other.
  let pipe: StreamPipe?

  init(_ response: Response, pipe: StreamPipe?) {
    self.response = response
    self.pipe = pipe
  }

  /// Hands the response to the library, on the I/O thread of a connection that is not suspended.
  ///
  /// - Returns: false if the library refused it, and the connection is to be closed.
  func queue(on handle: ConnectionHandle, closing: Bool) -> Bool {
    guard let made = make() else { return false }
    defer { MHD_destroy_response(made) }
    for field in response.headers.fields where !Self.isOurs(field.name) {
      // Refused are empty values, which the library cannot send.
      _ = MHD_add_response_header(made, field.name, field.value)
    }
    if closing { _ = MHD_add_response_header(made, "Connection", "close") }
    return MHD_queue_response(handle.pointer, UInt32(response.status.code), made) == .YES
  }

  func complete(_ outcome: ResponseCompletion.Outcome) {
    guard !response.completions.isEmpty else { return }
    let sent: Int
    if let pipe {
      sent = pipe.sentBytes
    } else if case .bytes(let bytes) = response.body, outcome == .sent {
      sent = bytes.count
    } else {
      sent = 0
    }
    response.complete(ResponseCompletion(outcome: outcome, bodyBytes: sent))
  }

  private func make() -> OpaquePointer? {
    switch response.body {
    case .bytes(var bytes):
      if !response.status.allowsBody { bytes = [] }
      return bytes.withUnsafeMutableBytes { buffer in
        MHD_create_response_from_buffer(buffer.count, buffer.baseAddress, .RESPMEM_MUST_COPY)
      }
    case .stream:
      // Without a pipe it is the answer to HEAD, of which the library never reads the body.
      let context = pipe.map { Unmanaged.passRetained($0) }
      let made = MHD_create_response_from_callback(
        footnote_mhd_size_unknown(), 8_192, readStream, context?.toOpaque(), releaseStream)
      guard let made else {
        context?.release()
        return nil
      }
      // The library (0.9.75) would send an end of chunks after the head that answers HEAD.
      if pipe == nil { _ = footnote_mhd_close_after(made) }
      return made
    }
  }

  /// Fields that the library writes or that describe the connection.
  private static func isOurs(_ name: String) -> Bool {
    switch name.utf8.count {
    case 10: ASCII.equalIgnoringCase(name, "Connection")
    case 14: ASCII.equalIgnoringCase(name, "Content-Length")
    case 17: ASCII.equalIgnoringCase(name, "Transfer-Encoding")
    default: false
    }
  }
}
