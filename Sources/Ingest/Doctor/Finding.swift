import Health
import Retrieval

/// What one check found.
struct Finding: Encodable, Equatable {
  enum Status: String, Encodable { case healthy, warning, broken }

  var check: String
  var status: Status
  var detail: String
  /// The command or the setting that mends it.
  var repair: String?

  init(check: String, status: Status, detail: String, repair: String? = nil) {
    self.check = check
    self.status = status
    self.detail = detail
    self.repair = repair
  }

  /// What a check that the server makes too has found.
  init(_ check: String, _ finding: HealthFinding) {
    let status: Status =
      switch finding.status {
      case .healthy: .healthy
      case .degraded: .warning
      case .unhealthy: .broken
      }
    self.init(check: check, status: status, detail: finding.detail, repair: finding.hint)
  }

  /// What a store says about itself.
  init(_ finding: StoreFinding) {
    let status: Status =
      switch finding.level {
      case .healthy: .healthy
      case .warning: .warning
      case .broken: .broken
      }
    self.init(check: finding.check, status: status, detail: finding.detail, repair: finding.repair)
  }

  static func healthy(_ check: String, _ detail: String) -> Finding {
    Finding(check: check, status: .healthy, detail: detail)
  }

  static func warning(_ check: String, _ detail: String, repair: String) -> Finding {
    Finding(check: check, status: .warning, detail: detail, repair: repair)
  }

  static func broken(_ check: String, _ detail: String, repair: String?) -> Finding {
    Finding(check: check, status: .broken, detail: detail, repair: repair)
  }
}
