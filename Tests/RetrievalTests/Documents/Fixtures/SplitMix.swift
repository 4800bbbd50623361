/// SplitMix64 (Steele, Lea and Flood, 2014): the same numbers for the same seed on every machine.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// `bytes` with a few of them changed, or cut off, or with a piece repeated.
  mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    guard !bytes.isEmpty else { return bytes }
    switch Int.random(in: 0..<4, using: &self) {
    case 0:
      bytes.removeLast(Int.random(in: 0..<bytes.count, using: &self))
    case 1:
      let start = Int.random(in: 0..<bytes.count, using: &self)
      let end = Int.random(in: start..<bytes.count, using: &self)
      bytes.insert(contentsOf: bytes[start..<min(end, start + 500)], at: start)
    default:
      for _ in 0..<Int.random(in: 1...20, using: &self) {
        bytes[Int.random(in: 0..<bytes.count, using: &self)] = UInt8.random(in: 0...255, using: &self)
      }
    }
    return bytes
  }
}
