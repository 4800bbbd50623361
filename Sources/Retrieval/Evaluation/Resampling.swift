/// Confidence and significance by drawing again from what was measured, the same draws in every run.
public enum Resampling {
  /// The middle 95 % of the means of `rounds` samples with replacement (percentile bootstrap; Efron, 1979).
  public static func confidenceInterval(_ values: [Double], rounds: Int = 1000) -> ClosedRange<Double> {
    guard !values.isEmpty else { return 0...0 }
    var random = SplitMix()
    var means: [Double] = []
    for _ in 0..<rounds {
      var sum = 0.0
      for _ in 0..<values.count { sum += values[Int(random.next() % UInt64(values.count))] }
      means.append(sum / Double(values.count))
    }
    means.sort()
    return means[rounds / 40]...means[rounds - 1 - rounds / 40]
  }

  /// 95 % interval of the difference of the means of two paired samples, the first less the second.
  public static func confidenceInterval(_ first: [Double], _ second: [Double]) -> ClosedRange<Double> {
    confidenceInterval(zip(first, second).map { $0 - $1 })
  }

  /// Probability of a difference of means as large as that of two paired samples if both came from one
  /// distribution (two-sided randomisation test; Smucker, Allan and Carterette, CIKM 2007).
  public static func significance(_ first: [Double], _ second: [Double], rounds: Int = 10_000) -> Double {
    let differences = zip(first, second).map { $0 - $1 }
    let observed = abs(differences.reduce(0, +))
    guard observed > 0 else { return 1 }
    var random = SplitMix()
    var extreme = 0
    for _ in 0..<rounds {
      var sum = 0.0
      for difference in differences { sum += random.next() & 1 == 0 ? difference : -difference }
      if abs(sum) >= observed - 1e-12 { extreme += 1 }
    }
    return Double(extreme + 1) / Double(rounds + 1)
  }

  /// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) from a fixed seed.
  private struct SplitMix {
    private var state: UInt64 = 0x5EED

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }
}
