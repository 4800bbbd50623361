import Glibc

/// Why a program could not be started.
public struct ProcessError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was being done, such as "start 'pdftotext'".
  public let operation: String
  /// The system's number.
  public let code: Int32

  public init(_ operation: String, _ code: Int32) {
    self.operation = operation
    self.code = code
  }

  /// The system's words for it.
  public var reason: String { String(cString: strerror(code)) }

  public var description: String { "Cannot \(operation): \(reason)." }
}
