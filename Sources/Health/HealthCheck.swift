import Retrieval

/// Looks at one part of the service.
public protocol HealthCheck: Sendable {
  /// The part's name in the report.
  var name: String { get }
  /// What to do when the check throws an error that has no advice of its own, or is not ready in time.
  var hint: String { get }
  /// How bad it is for the whole when the part does not work.
  var severity: HealthStatus { get }

  /// - Throws: any error, if the part does not work.
  func run() async throws -> HealthFinding
}

extension HealthCheck {
  public var severity: HealthStatus { .unhealthy }
}

/// What a check found of a part.
public struct HealthFinding: Sendable, Equatable {
  public var status: HealthStatus
  /// A sentence.
  public var detail: String
  public var hint: String?
  /// Numbers behind the detail, by name.
  public var counts: [String: Int]?
  /// What is wrong, for programs.
  public var code: String?
  /// Models that the key can use, where the one that is configured is not among them.
  public var models: [String]?

  public init(
    status: HealthStatus = .healthy, detail: String, hint: String? = nil, counts: [String: Int]? = nil,
    code: String? = nil, models: [String]? = nil
  ) {
    self.status = status
    self.detail = detail
    self.hint = hint
    self.counts = counts
    self.code = code
    self.models = models
  }
}

extension HealthFinding {
  /// Of a model that is left out because it failed again and again; the service answers without it.
  init(_ left: Outage.LeftOut, _ model: String) {
    let reason = left.reason(model)
    self.init(status: .degraded, detail: reason.message, hint: reason.hint, code: reason.code)
  }
}
