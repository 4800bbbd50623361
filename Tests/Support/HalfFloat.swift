/// IEEE 754 binary16, normal numbers and zero only.
enum HalfFloat {
  static func encode(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    let sign = UInt16(bits >> 16 & 0x8000)
    let exponent = Int(bits >> 23 & 0xFF) - 127 + 15
    guard exponent > 0, exponent < 31 else { return sign }
    return sign | UInt16(exponent) << 10 | UInt16(bits >> 13 & 0x3FF)
  }

  static func decode(_ half: UInt16) -> Float {
    let exponent = UInt32(half >> 10 & 0x1F)
    guard exponent > 0 else { return Float(bitPattern: UInt32(half & 0x8000) << 16) }
    return Float(
      bitPattern: UInt32(half & 0x8000) << 16 | (exponent + 112) << 23 | UInt32(half & 0x3FF) << 13)
  }
}
