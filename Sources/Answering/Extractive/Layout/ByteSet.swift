/// Some of ASCII's signs, to find them in long texts without decoding these.
struct ByteSet: Sendable {
  private let bits: (low: UInt64, high: UInt64)

  init(_ signs: String) {
    bits = signs.utf8.reduce(into: (low: 0, high: 0)) { bits, sign in
      if sign < 64 { bits.low |= 1 << sign } else if sign < 128 { bits.high |= 1 << (sign - 64) }
    }
  }

  func contains(_ byte: UInt8) -> Bool {
    byte < 64 ? bits.low >> byte & 1 == 1 : byte < 128 && bits.high >> (byte - 64) & 1 == 1
  }
}
