/// The uses that a sliding window still counts, oldest first.
///
/// Exact up to 128 uses in a window. Beyond that, uses that lie within one 64th of the window are kept as one with the
/// time of the latest of them: a use may be counted up to a 64th of the window too long, never too short, so that the
/// limit holds in every span and a row stays small.
struct UseHistory: Sendable, Equatable {
  struct Use: Sendable, Equatable {
    /// Milliseconds since 1970.
    var time: Int
    var cost: Double
  }

  static let exactUses = 128
  static let slices = 64

  /// Milliseconds.
  let duration: Int
  private(set) var uses: [Use] = []

  init(duration: Int) {
    self.duration = max(1, duration)
  }

  /// Reads what `text` wrote, leaving out what the window at `now` no longer counts.
  init(duration: Int, text: String, now: Int) {
    self.init(duration: duration)
    for part in text.split(separator: ",") {
      let pair = part.split(separator: ":")
      guard pair.count == 2, let time = Int(pair[0]), let cost = Double(pair[1]) else { continue }
      // A server whose clock is ahead must not block the others for longer than the window.
      let use = Use(time: min(time, now), cost: cost)
      if use.time > now - self.duration { uses.append(use) }
    }
  }

  /// `1700000000000:1.0,1700000001000:0.25`
  var text: String {
    uses.map { "\($0.time):\($0.cost)" }.joined(separator: ",")
  }

  var sum: Double { uses.reduce(0) { $0 + $1.cost } }

  /// When the last use leaves the window.
  var end: Int? { uses.last.map { $0.time + duration } }

  mutating func add(_ cost: Double, at now: Int) {
    uses.append(Use(time: max(now, uses.last?.time ?? now), cost: cost))
    guard uses.count > Self.exactUses else { return }
    let slice = max(1, duration / Self.slices)
    var merged: [Use] = []
    for use in uses {
      if let last = merged.last, last.time / slice == use.time / slice {
        merged[merged.count - 1] = Use(time: use.time, cost: last.cost + use.cost)
      } else {
        merged.append(use)
      }
    }
    uses = merged
  }

  /// Milliseconds from `now` until `fits` holds of what is left of the sum; the whole window if it never does.
  func wait(from now: Int, until fits: (Double) -> Bool) -> Int {
    var left = sum
    for use in uses {
      if fits(left) { return 0 }
      left -= use.cost
      if fits(left) { return max(0, use.time + duration - now) }
    }
    return duration
  }
}
