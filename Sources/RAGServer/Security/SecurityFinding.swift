/// What an examination of the settings found.
struct SecurityFinding: Encodable, Equatable {
  enum Status: String, Encodable { case healthy, warning }

  var check: String
  var status: Status
  var detail: String
  /// What mends it; nil where nothing is to be done.
  var repair: String?

  static func healthy(_ check: String, _ detail: String) -> SecurityFinding {
    SecurityFinding(check: check, status: .healthy, detail: detail)
  }

  static func warning(_ check: String, _ detail: String, repair: String) -> SecurityFinding {
    SecurityFinding(check: check, status: .warning, detail: detail, repair: repair)
  }
}
