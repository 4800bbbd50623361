/// What one check found.
struct Finding: Encodable, Equatable {
  enum Status: String, Encodable { case healthy, warning, broken }

  var check: String
  var status: Status
  var detail: String
  /// The command that mends it.
  var repair: String?

  static func healthy(_ check: String, _ detail: String) -> Finding {
    Finding(check: check, status: .healthy, detail: detail)
  }

  static func warning(_ check: String, _ detail: String, repair: String) -> Finding {
    Finding(check: check, status: .warning, detail: detail, repair: repair)
  }

  static func broken(_ check: String, _ detail: String, repair: String) -> Finding {
    Finding(check: check, status: .broken, detail: detail, repair: repair)
  }
}
