/// Looks at one part of the service.
protocol HealthCheck: Sendable {
  /// The part's name in the report.
  var name: String { get }
  /// What to do when the check throws an error that has no advice of its own, or is not ready in time.
  var hint: String { get }

  /// - Throws: any error, if the part does not work.
  func run() async throws -> HealthFinding
}

/// What a check found of a part that works.
struct HealthFinding: Sendable {
  var status = HealthStatus.healthy
  var detail: String
  var hint: String?
  var counts: [String: Int]?
}
