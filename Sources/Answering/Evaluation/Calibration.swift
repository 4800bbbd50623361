/// How well stated probabilities agree with what came true.
public struct Calibration: Sendable, Codable, Equatable {
  /// Statements whose probability lies in one part of 0...1.
  public struct Bin: Sendable, Codable, Equatable {
    /// Lowest probability.
    public var from: Double
    public var count: Int
    /// Mean probability.
    public var stated: Double
    /// Part that came true.
    public var observed: Double
  }

  /// Those bins of equal width that hold anything, lowest first.
  public var bins: [Bin]
  /// Mean squared difference of probability and outcome, 0 to 1 (Brier, "Verification of Forecasts Expressed in Terms of
  /// Probability", Monthly Weather Review 78, 1950).
  public var brier: Double
  /// Mean distance of stated and observed within a bin, by the bins' sizes, 0 to 1 (Naeini, Cooper and Hauskrecht,
  /// "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015).
  public var error: Double
  /// Brier score of always stating the part that came true.
  public var constantBrier: Double

  enum CodingKeys: String, CodingKey {
    case bins, brier, error
    case constantBrier = "constant_brier"
  }

  /// Nil if nothing was stated.
  init?(_ statements: [(probability: Double, cameTrue: Bool)], bins parts: Int = 10) {
    guard !statements.isEmpty else { return nil }
    let count = Double(statements.count)
    let byBin = Dictionary(grouping: statements) {
      min(parts - 1, max(0, Int($0.probability * Double(parts))))
    }
    bins = byBin.sorted { $0.key < $1.key }.map { bin, members in
      let size = Double(members.count)
      return Bin(
        from: Double(bin) / Double(parts), count: members.count,
        stated: members.reduce(0) { $0 + $1.probability } / size,
        observed: Double(members.count(where: \.cameTrue)) / size)
    }
    error = bins.reduce(0) { $0 + Double($1.count) * abs($1.stated - $1.observed) } / count
    brier =
      statements.reduce(0) { sum, statement in
        let miss = statement.probability - (statement.cameTrue ? 1 : 0)
        return sum + miss * miss
      } / count
    let part = Double(statements.count(where: \.cameTrue)) / count
    constantBrier = part * (1 - part)
  }
}
