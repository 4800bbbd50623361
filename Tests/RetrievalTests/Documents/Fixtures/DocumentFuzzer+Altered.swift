extension DocumentFuzzer {
  /// `bytes` with a few of them changed, or cut off, or with a piece repeated: for containers, which are lost as a
  /// whole once their end is.
  mutating func altered(_ bytes: [UInt8]) -> [UInt8] {
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
