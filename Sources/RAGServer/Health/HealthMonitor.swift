import Models

/// Runs the checks side by side, each with a deadline, and gives one report to all who ask within its lifetime.
actor HealthMonitor {
  private let checks: [any HealthCheck]
  private let deadline: Duration
  private let lifetime: Duration
  private var last: (report: HealthReport, time: ContinuousClock.Instant)?
  private var running: Task<HealthReport, Never>?

  init(checks: [any HealthCheck], deadline: Duration, lifetime: Duration) {
    self.checks = checks
    self.deadline = deadline
    self.lifetime = lifetime
  }

  func report() async -> HealthReport {
    if let last, last.time.duration(to: .now) < lifetime { return last.report }
    if let running { return await running.value }
    let (checks, deadline) = (checks, deadline)
    let task = Task { await Self.report(checks, deadline: deadline) }
    running = task
    let report = await task.value
    last = (report, .now)
    running = nil
    return report
  }

  private static func report(_ checks: [any HealthCheck], deadline: Duration) async -> HealthReport {
    await withTaskGroup(of: (String, HealthReport.Part).self) { group in
      for check in checks {
        group.addTask { (check.name, await part(check, deadline: deadline)) }
      }
      var parts: [String: HealthReport.Part] = [:]
      for await (name, part) in group { parts[name] = part }
      return HealthReport(parts: parts)
    }
  }

  private static func part(_ check: any HealthCheck, deadline: Duration) async -> HealthReport.Part {
    let start = ContinuousClock.now
    let finding: HealthFinding
    do {
      finding = try await withDeadline(deadline) { try await check.run() }
    } catch let error as ModelError {
      let hint = error.hint.isEmpty ? check.hint : error.hint
      finding = HealthFinding(status: .unhealthy, detail: error.message, hint: hint)
    } catch {
      finding = HealthFinding(status: .unhealthy, detail: "\(error)", hint: check.hint)
    }
    return HealthReport.Part(
      status: finding.status, latencyMilliseconds: (.now - start).milliseconds, detail: finding.detail,
      hint: finding.hint, counts: finding.counts)
  }
}
