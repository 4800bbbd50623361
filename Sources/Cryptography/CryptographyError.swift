internal import COpenSSL

/// Why an operation of OpenSSL failed.
public struct CryptographyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What failed, on what and why.
  public let description: String

  init(_ description: String) {
    self.description = description
  }

  /// The failure of `operation`, with the latest reason of this thread's error queue, which is emptied.
  init(operation: String) {
    let code = ERR_peek_last_error()
    let reason = code == 0 ? nil : ERR_reason_error_string(code).map { String(cString: $0) }
    ERR_clear_error()
    description = "\(operation) failed: \(reason ?? "OpenSSL gives no reason")."
  }
}

/// Turns OpenSSL's return code, 1 for success, into an error.
func check(_ code: Int32, _ operation: String) throws(CryptographyError) {
  guard code == 1 else { throw CryptographyError(operation: operation) }
}
