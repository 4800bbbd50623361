/// How many durations fell into each of a few ranges.
struct Histogram: Sendable, Equatable {
  /// Upper ends of the ranges in seconds, each included in its range; one range more is without end.
  static let bounds = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120,
  ]

  /// One number a range; not cumulative.
  private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
  /// Seconds of all together.
  private(set) var sum = 0.0

  var count: Int { counts.reduce(0, +) }

  mutating func add(_ duration: Duration) {
    let seconds = duration / .seconds(1)
    counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
    sum += seconds
  }

  mutating func add(_ other: Histogram) {
    for index in counts.indices { counts[index] += other.counts[index] }
    sum += other.sum
  }
}
