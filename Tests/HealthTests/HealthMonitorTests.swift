import Health
import Models
import Synchronization
import TestSupport
import Testing

@Suite struct HealthMonitorTests {
  /// A part that does what the test says.
  private struct Part: HealthCheck {
    var name: String
    var hint = "Mend it."
    var severity = HealthStatus.unhealthy
    var body: @Sendable () async throws -> HealthFinding

    func run() async throws -> HealthFinding { try await body() }
  }

  private struct Broken: Error, CustomStringConvertible { var description = "It is broken." }

  @Test func `the worst part decides, each with its own severity`() async {
    let well = Part(name: "a") { HealthFinding(detail: "Fine.") }
    let minor = Part(name: "b", severity: .degraded) { throw Broken() }
    let major = Part(name: "c") { throw Broken() }
    func status(_ parts: Part...) async -> HealthStatus {
      await HealthMonitor(checks: parts, deadline: .seconds(1), lifetime: .zero).report().status
    }
    #expect(await status(well) == .healthy)
    #expect(await status(well, minor) == .degraded)
    #expect(await status(well, minor, major) == .unhealthy)
  }

  @Test func `parts are looked at side by side, and those that hang only wait for their deadline`() async {
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    defer { opener.finish() }
    // They ignore their cancellation, as blocking C code does.
    let parts = (0..<8).map { number in
      Part(name: "\(number)") {
        await Task { for await _ in gate {} }.value
        return HealthFinding(detail: "")
      }
    }
    let start = ContinuousClock.now
    let report = await HealthMonitor(checks: parts, deadline: .milliseconds(300), lifetime: .zero).report()
    #expect(.now - start < .seconds(2))
    #expect(report.parts.values.allSatisfy { $0.code == "timeout" && $0.hint == "Mend it." })
  }

  @Test func `all who ask while it is examined get one examination`() async {
    let runs = Counter()
    let part = Part(name: "a") {
      runs.add()
      try await Task.sleep(for: .milliseconds(20))
      return HealthFinding(detail: "")
    }
    let monitor = HealthMonitor(checks: [part], deadline: .seconds(1), lifetime: .seconds(60))
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<20 { group.addTask { _ = await monitor.report() } }
    }
    #expect(runs.value == 1)
  }

  @Test func `the last error stays known when the part works again`() async {
    let runs = Counter()
    let part = Part(name: "a") {
      runs.add()
      if runs.value == 1 {
        throw ModelError(.rateLimited, provider: "openai", message: "Slow down.", hint: "Wait.")
      }
      return HealthFinding(detail: "Fine.")
    }
    let monitor = HealthMonitor(checks: [part], deadline: .seconds(1), lifetime: .zero)
    let first = await monitor.report().parts["a"]
    #expect(first?.code == "rate_limited" && first?.lastError?.message == "Slow down.")
    let second = await monitor.report().parts["a"]
    #expect(second?.status == .healthy && second?.code == nil)
    #expect(second?.lastError?.code == "rate_limited" && second?.lastError?.hint == "Wait.")
  }
}

private final class Counter: Sendable {
  private let count = Atomic<Int>(0)
  var value: Int { count.load(ordering: .relaxed) }
  func add() { count.add(1, ordering: .relaxed) }
}
