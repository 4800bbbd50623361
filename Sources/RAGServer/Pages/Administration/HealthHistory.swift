import FoundationEssentials
import HTTPServer
import Health

/// How the parts were, minute by minute, since this server was started.
actor HealthHistory {
  struct Sample: Codable, Equatable {
    struct Part: Codable, Equatable {
      var status: HealthStatus
      var latencyMilliseconds: Double

      enum CodingKeys: String, CodingKey {
        case status
        case latencyMilliseconds = "latency_ms"
      }
    }

    var at: Date
    var status: HealthStatus
    var parts: [String: Part]
  }

  /// A day of minutes.
  private static let most = 1440
  /// Closer samples are kept only if the status differs.
  private static let distance = 30.0

  private var samples: [Sample] = []

  func add(_ report: HealthReport, at now: Date = Date()) {
    if let last = samples.last, last.status == report.status, now.timeIntervalSince(last.at) < Self.distance {
      return
    }
    samples.append(
      Sample(
        at: now, status: report.status,
        parts: report.parts.mapValues {
          Sample.Part(status: $0.status, latencyMilliseconds: $0.latencyMilliseconds)
        }))
    if samples.count > Self.most { samples.removeFirst(samples.count - Self.most) }
  }

  /// The latest `count`, oldest first.
  func last(_ count: Int) -> [Sample] { samples.suffix(count) }
}

/// Looks at the health once a minute for as long as it is held.
final class HealthSampling: Sendable {
  let history = HealthHistory()
  private let task: Task<Void, Never>

  init(monitor: HealthMonitor, every interval: Duration = .seconds(60)) {
    task = Task { [history] in
      while (try? await Task.sleep(for: interval)) != nil {
        await history.add(await monitor.report())
      }
    }
  }

  deinit { task.cancel() }
}

/// `GET /api/health/history?limit=90`: earlier samples of the health, for administrators.
struct HealthHistoryRoute {
  struct Reply: Codable {
    var samples: [HealthHistory.Sample]
  }

  let monitor: HealthMonitor
  let sampling: HealthSampling
  let callers: Callers

  func add(to api: RouteGroup) {
    let (monitor, sampling, callers) = (monitor, sampling, callers)
    api.get("/health/history") { request in
      try await callers.requireAdministrator(request)
      let limit = try request.query.integer("limit", in: 1...1440) ?? 90
      await sampling.history.add(await monitor.report())
      return try .json(Reply(samples: await sampling.history.last(limit)))
    }
  }
}
