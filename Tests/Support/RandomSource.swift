/// Reproducible numbers (SplitMix64, Steele et al. 2014).
public struct RandomSource: Sendable {
  public var state: UInt64

  public init(state: UInt64) { self.state = state }

  /// A value from -1 to 1.
  public mutating func next() -> Float {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return Float((z ^ z >> 31) >> 40) / Float(1 << 23) - 1
  }
}
