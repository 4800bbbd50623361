/// Numbers of few bits, 128 at a time, in four interleaved lanes, so that four are unpacked at once: the layout of
/// Lemire and Boytsov, "Decoding billions of integers per second through vectorization" (2015).
enum BitPacking {
  static let count = 128

  /// Bytes that 128 numbers of `width` bits take.
  static func size(width: Int) -> Int { 16 * width }

  /// Bits that the largest of `values` needs.
  static func width(_ values: UnsafeBufferPointer<UInt32>) -> Int {
    32 - values.reduce(0, |).leadingZeroBitCount
  }

  /// Appends 128 numbers below 2^width, width at most 32.
  static func pack(_ values: UnsafeBufferPointer<UInt32>, width: Int, into bytes: inout [UInt8]) {
    var word = SIMD4<UInt32>()
    var filled = 0
    guard width > 0 else { return }
    for step in 0..<32 {
      let value = SIMD4(values[4 * step], values[4 * step + 1], values[4 * step + 2], values[4 * step + 3])
      word |= value &<< UInt32(filled)
      filled += width
      if filled >= 32 {
        bytes.appendFixed(word)
        filled -= 32
        word = filled > 0 ? value &>> UInt32(width - filled) : SIMD4()
      }
    }
  }

  /// Writes 128 numbers; reads `size(width:)` bytes.
  static func unpack(_ source: UnsafeRawPointer, width: Int, into values: UnsafeMutablePointer<UInt32>) {
    let target = UnsafeMutableRawPointer(values)
    guard width > 0 else {
      for step in 0..<32 {
        target.storeBytes(of: SIMD4<UInt32>(), toByteOffset: 16 * step, as: SIMD4<UInt32>.self)
      }
      return
    }
    let mask = SIMD4<UInt32>(repeating: width == 32 ? .max : (1 &<< UInt32(width)) &- 1)
    var source = source
    var word = source.loadUnaligned(as: SIMD4<UInt32>.self)
    var shift = 0
    for step in 0..<31 {
      var value = word &>> SIMD4(repeating: UInt32(truncatingIfNeeded: shift))
      shift &+= width
      if shift >= 32 {
        shift &-= 32
        source += 16
        word = source.loadUnaligned(as: SIMD4<UInt32>.self)
        if shift > 0 { value |= word &<< SIMD4(repeating: UInt32(truncatingIfNeeded: width &- shift)) }
      }
      target.storeBytes(of: value & mask, toByteOffset: 16 &* step, as: SIMD4<UInt32>.self)
    }
    // The last four end where the bytes end.
    let last = (word &>> SIMD4(repeating: UInt32(truncatingIfNeeded: shift))) & mask
    target.storeBytes(of: last, toByteOffset: 16 * 31, as: SIMD4<UInt32>.self)
  }

  /// Number `index` alone.
  static func value(_ index: Int, in source: UnsafeRawPointer, width: Int) -> UInt32 {
    guard width > 0 else { return 0 }
    let bit = (index >> 2) &* width
    let lane = source + 4 &* (index & 3)
    let word = lane.loadUnaligned(fromByteOffset: 16 &* (bit >> 5), as: UInt32.self)
    let shift = bit & 31
    var value = word &>> UInt32(truncatingIfNeeded: shift)
    if shift &+ width > 32 {
      value |=
        lane.loadUnaligned(fromByteOffset: 16 &* ((bit >> 5) &+ 1), as: UInt32.self)
        &<< UInt32(truncatingIfNeeded: 32 &- shift)
    }
    return value & (width == 32 ? .max : (1 &<< UInt32(truncatingIfNeeded: width)) &- 1)
  }

  /// Turns gaps minus 1 into ascending numbers, the first of them above `previous` (which may be -1).
  static func accumulate(_ values: UnsafeMutablePointer<UInt32>, after previous: Int32) {
    let memory = UnsafeMutableRawPointer(values)
    var carry = SIMD4<UInt32>(repeating: UInt32(bitPattern: previous))
    for step in 0..<32 {
      var sum = memory.loadUnaligned(fromByteOffset: 16 &* step, as: SIMD4<UInt32>.self) &+ 1
      sum &+= SIMD4(0, sum[0], sum[1], sum[2])
      sum &+= SIMD4(0, 0, sum[0], sum[1])
      sum &+= carry
      memory.storeBytes(of: sum, toByteOffset: 16 &* step, as: SIMD4<UInt32>.self)
      carry = SIMD4(repeating: sum[3])
    }
  }
}
