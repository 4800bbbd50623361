import FoundationEssentials
import Models

/// A value of a statement.
enum StateValue: Sendable, Equatable {
  case null
  case integer(Int)
  case text(String)

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  init(_ truth: Bool) { self = .integer(truth ? 1 : 0) }
  init(_ date: Date?) { self = date.map { .integer($0.milliseconds) } ?? .null }
  init(_ json: JSONValue) { self = .text(json.text) }
  init(_ owner: Owner?) { self.init(owner?.key) }
}

extension StateRow {
  func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

  func date(_ column: Int) -> Date { Date(milliseconds: integer(column)) }

  func optionalDate(_ column: Int) -> Date? { isNull(column) ? nil : date(column) }

  func json(_ column: Int) throws -> JSONValue { try JSONValue(stored: text(column)) }
}

extension JSONValue {
  /// - Throws: `StateError` if what is stored is no JSON.
  init(stored text: String) throws {
    do {
      try self.init(parsing: text.utf8)
    } catch {
      throw StateError(
        .incompatible,
        "Something in the state database is damaged: it is no JSON where JSON is expected. "
          + "Restore the database from a backup.")
    }
  }
}

extension Date {
  /// Whole milliseconds since 1970, the precision in which state keeps times.
  var milliseconds: Int {
    let value = (timeIntervalSince1970 * 1000).rounded()
    // Beyond what fits, the order of times is kept.
    return Int(exactly: value) ?? (value < 0 ? Int.min : Int.max)
  }

  init(milliseconds: Int) {
    self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
  }
}
