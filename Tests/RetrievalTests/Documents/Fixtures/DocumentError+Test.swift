@testable import Retrieval

extension DocumentError {
  /// The error that `body` throws; nil if it throws none or another.
  static func thrown(by body: () throws -> Void) -> DocumentError? {
    do {
      try body()
      return nil
    } catch {
      return error as? DocumentError
    }
  }
}
