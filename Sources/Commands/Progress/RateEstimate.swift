import Glibc

/// Events a second, smoothed exponentially: what happened `memory` ago weighs 1/e of what happens now.
///
/// The weights of the samples so far are kept beside their sum, so that the estimate is right from the first
/// sample and not pulled towards zero (the bias correction of Adam, Kingma and Ba 2014, section 3).
struct RateEstimate: Sendable {
  private let memory: Double
  private var sum = 0.0
  private var weight = 0.0
  private var last: (seconds: Double, count: Int)?

  /// - Parameter memory: in seconds.
  init(memory: Double = 5) {
    self.memory = memory
  }

  /// Notes that `count` events had happened `seconds` after the start. Samples closer than a twentieth of a
  /// second are taken together, as their quotients would be noise.
  mutating func add(count: Int, at seconds: Double) {
    guard let last else {
      last = (seconds, count)
      return
    }
    let elapsed = seconds - last.seconds
    guard elapsed >= 0.05 else { return }
    let share = 1 - exp(-elapsed / memory)
    sum = (1 - share) * sum + share * Double(count - last.count) / elapsed
    weight = (1 - share) * weight + share
    self.last = (seconds, count)
  }

  /// Nil until two samples are apart enough.
  var perSecond: Double? { weight > 0 ? max(0, sum / weight) : nil }
}
