/// Where a request's body ends (RFC 9112, section 6.3). What two readers could see differently is refused:
/// it is how requests are smuggled past proxies.
enum BodyFraming: Equatable {
  case none
  case length(UInt64)
  case chunked

  init(_ headers: HTTPHeaders) throws(HTTPError) {
    let encodings = headers.values(of: "Transfer-Encoding")
    let lengths = headers.values(of: "Content-Length")
    guard encodings.isEmpty || lengths.isEmpty, lengths.count <= 1, encodings.count <= 1 else {
      throw HTTPError(
        .badRequest, code: "malformed_request",
        message: "The request says more than once how long its body is.")
    }
    if let encoding = encodings.first {
      guard ASCII.equalIgnoringCase(encoding, "chunked") else {
        throw HTTPError(
          .notImplemented, code: "unknown_transfer_encoding",
          message: "The transfer encoding '\(encoding)' is not known.",
          hint: "Use 'chunked' or Content-Length.")
      }
      self = .chunked
    } else if let length = lengths.first {
      guard length.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let value = UInt64(length) else {
        throw HTTPError(
          .badRequest, code: "malformed_request", message: "The Content-Length is not a number.")
      }
      self = value == 0 ? .none : .length(value)
    } else {
      self = .none
    }
  }
}
