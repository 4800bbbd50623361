/// How well something works; the worst part decides about the whole.
public enum HealthStatus: String, Sendable, Codable {
  case healthy
  /// It works with less than it could.
  case degraded
  case unhealthy
}

/// The state of all parts of the service.
public struct HealthReport: Sendable, Codable, Equatable {
  /// The last time that a part did not work, also when it does again.
  public struct Failure: Sendable, Codable, Equatable {
    /// Seconds since 1970.
    public var at: Double
    public var code: String?
    public var message: String
    public var hint: String?
  }

  public struct Part: Sendable, Codable, Equatable {
    public var status: HealthStatus
    public var latencyMilliseconds: Double
    /// What was found, as a sentence.
    public var detail: String
    /// What to do about it; nil where nothing is to be done.
    public var hint: String?
    /// What is wrong, for programs: `authentication`, `timeout`, `model_not_found` and the like.
    public var code: String?
    /// Numbers behind the detail, by name.
    public var counts: [String: Int]?
    /// Models that the key can use, where the one that is configured is not among them.
    public var models: [String]?
    public var lastError: Failure?

    enum CodingKeys: String, CodingKey {
      case status, detail, hint, code, counts, models
      case latencyMilliseconds = "latency_ms"
      case lastError = "last_error"
    }
  }

  public var status: HealthStatus
  public var parts: [String: Part]

  public init(parts: [String: Part]) {
    self.parts = parts
    let all = Set(parts.values.map(\.status))
    status = all.contains(.unhealthy) ? .unhealthy : all.contains(.degraded) ? .degraded : .healthy
  }
}
