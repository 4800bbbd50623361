import FoundationEssentials

/// Runs the checks side by side, each with a deadline, and gives one report to all who ask within its lifetime.
public actor HealthMonitor {
  private let checks: [any HealthCheck]
  private let deadline: Duration
  private let lifetime: Duration
  private var last: (report: HealthReport, time: ContinuousClock.Instant)?
  private var running: Task<[String: HealthReport.Part], Never>?
  private var failures: [String: HealthReport.Failure] = [:]

  public init(checks: [any HealthCheck], deadline: Duration, lifetime: Duration) {
    self.checks = checks
    self.deadline = deadline
    self.lifetime = lifetime
  }

  /// The state of all parts, not older than the lifetime; those who ask meanwhile wait for the same examination.
  public func report() async -> HealthReport {
    if let last, last.time.duration(to: .now) < lifetime { return last.report }
    if let running { return remembering(await running.value) }
    let (checks, deadline) = (checks, deadline)
    let task = Task { await Self.parts(checks, deadline: deadline) }
    running = task
    let report = remembering(await task.value)
    last = (report, .now)
    running = nil
    return report
  }

  /// Adds to the parts when each of them failed last.
  private func remembering(_ parts: [String: HealthReport.Part]) -> HealthReport {
    var parts = parts
    for (name, part) in parts {
      if part.status != .healthy {
        failures[name] = HealthReport.Failure(
          at: Date().timeIntervalSince1970.rounded(), code: part.code, message: part.detail, hint: part.hint)
      }
      parts[name]?.lastError = failures[name]
    }
    return HealthReport(parts: parts)
  }

  private static func parts(
    _ checks: [any HealthCheck], deadline: Duration
  ) async -> [String: HealthReport.Part] {
    await withTaskGroup(of: (String, HealthReport.Part).self) { group in
      for check in checks {
        group.addTask { (check.name, await part(check, deadline: deadline)) }
      }
      var parts: [String: HealthReport.Part] = [:]
      for await (name, part) in group { parts[name] = part }
      return parts
    }
  }

  private static func part(_ check: any HealthCheck, deadline: Duration) async -> HealthReport.Part {
    let start = ContinuousClock.now
    let finding = await check.finding(within: deadline)
    return HealthReport.Part(
      status: finding.status, latencyMilliseconds: ((.now - start) / .microseconds(1)).rounded() / 1000,
      detail: finding.detail, hint: finding.hint, code: finding.code, counts: finding.counts,
      models: finding.models)
  }
}
