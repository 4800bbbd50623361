import FoundationEssentials
import Models
import State

/// What was asked in a span of time, how long answers took, and what models cost.
struct UsageReport: Codable, Equatable {
  /// Sums over a span.
  struct Sums: Codable, Equatable {
    var questions = 0
    var answered = 0
    var degraded = 0
    /// Median and 95th percentile of the answers' wall time; nil without one.
    var p50Milliseconds: Double?
    var p95Milliseconds: Double?
    var promptTokens = 0
    var completionTokens = 0
    /// United States dollars, of the models whose price is known.
    var cost = 0.0

    enum CodingKeys: String, CodingKey {
      case questions, answered, degraded, cost
      case p50Milliseconds = "p50_ms"
      case p95Milliseconds = "p95_ms"
      case promptTokens = "prompt_tokens"
      case completionTokens = "completion_tokens"
    }
  }

  struct Bucket: Equatable {
    var at: Date
    var sums: Sums
  }

  struct Model: Codable, Equatable {
    var model: String
    var requests = 0
    var promptTokens = 0
    var completionTokens = 0
    var cost = 0.0

    enum CodingKeys: String, CodingKey {
      case model, requests, cost
      case promptTokens = "prompt_tokens"
      case completionTokens = "completion_tokens"
    }
  }

  var totals: Sums
  /// Spans of equal length, oldest first, those without anything too.
  var buckets: [Bucket]
  var models: [Model]
}

extension UsageReport.Bucket: Codable {
  enum CodingKeys: CodingKey { case at }

  init(from decoder: any Decoder) throws {
    at = try decoder.container(keyedBy: CodingKeys.self).decode(Date.self, forKey: .at)
    sums = try UsageReport.Sums(from: decoder)
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(at, forKey: .at)
    try sums.encode(to: encoder)
  }
}

extension UsageReport {
  /// - Parameters:
  ///   - questions: records of kind `question`, in any order.
  ///   - usage: records of kind `usage`.
  ///   - length: of a bucket, in seconds.
  init(questions: [Record], usage: [Record], from start: Date, to end: Date, bucket length: Double) {
    let count = max(1, Int(((end.timeIntervalSince1970 - start.timeIntervalSince1970) / length).rounded(.up)))
    func bucket(_ record: Record) -> Int? {
      let index = Int((record.createdAt.timeIntervalSince1970 - start.timeIntervalSince1970) / length)
      return (0..<count).contains(index) ? index : nil
    }
    var sums = Array(repeating: Sums(), count: count)
    var times = Array(repeating: [Double](), count: count)
    var models: [String: Model] = [:]
    for record in questions {
      guard let index = bucket(record) else { continue }
      sums[index].questions += 1
      if record.content["answered"] == true { sums[index].answered += 1 }
      if record.content["degraded"] == true { sums[index].degraded += 1 }
      if let time = record.content["milliseconds"]?.number { times[index].append(time) }
    }
    for record in usage {
      guard let index = bucket(record) else { continue }
      let name = record.content["model"]?.string ?? "unknown"
      let prompt = record.content["prompt_tokens"]?.integer ?? 0
      let completion = record.content["completion_tokens"]?.integer ?? 0
      let cost = record.content["cost"]?.number ?? 0
      sums[index].promptTokens += prompt
      sums[index].completionTokens += completion
      sums[index].cost += cost
      var model = models[name] ?? Model(model: name)
      model.requests += record.content["requests"]?.integer ?? 1
      model.promptTokens += prompt
      model.completionTokens += completion
      model.cost += cost
      models[name] = model
    }
    for index in sums.indices { sums[index].set(times: times[index]) }
    totals = sums.reduce(into: Sums()) { total, each in
      total.questions += each.questions
      total.answered += each.answered
      total.degraded += each.degraded
      total.promptTokens += each.promptTokens
      total.completionTokens += each.completionTokens
      total.cost += each.cost
    }
    totals.set(times: times.flatMap { $0 })
    buckets = sums.enumerated().map { index, each in
      Bucket(
        at: Date(timeIntervalSince1970: start.timeIntervalSince1970 + Double(index) * length), sums: each)
    }
    self.models = models.values.sorted { ($0.cost, $0.requests, $1.model) > ($1.cost, $1.requests, $0.model) }
  }
}

extension UsageReport.Sums {
  /// Sets the percentiles by the nearest rank.
  fileprivate mutating func set(times: [Double]) {
    guard !times.isEmpty else { return }
    let sorted = times.sorted()
    func percentile(_ part: Double) -> Double {
      sorted[min(sorted.count - 1, Int((part * Double(sorted.count)).rounded(.up)) - 1)]
    }
    p50Milliseconds = percentile(0.5)
    p95Milliseconds = percentile(0.95)
  }
}

extension JSONValue {
  /// A number of either kind.
  fileprivate var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
