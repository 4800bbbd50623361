/// How well something works; the worst part decides about the whole.
enum HealthStatus: String, Sendable, Codable {
  case healthy
  /// It works with less than it could.
  case degraded
  case unhealthy
}

/// The state of all parts of the service.
struct HealthReport: Sendable, Codable {
  struct Part: Sendable, Codable {
    var status: HealthStatus
    var latencyMilliseconds: Double
    /// What was found, as a sentence.
    var detail: String
    /// What to do about it; nil where nothing is to be done.
    var hint: String?
    /// Numbers behind the detail, by name.
    var counts: [String: Int]?

    enum CodingKeys: String, CodingKey {
      case status, detail, hint, counts
      case latencyMilliseconds = "latency_ms"
    }
  }

  var status: HealthStatus
  var parts: [String: Part]

  init(parts: [String: Part]) {
    self.parts = parts
    let all = Set(parts.values.map(\.status))
    status = all.contains(.unhealthy) ? .unhealthy : all.contains(.degraded) ? .degraded : .healthy
  }
}
