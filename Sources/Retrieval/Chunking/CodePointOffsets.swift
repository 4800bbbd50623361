/// Translates UTF-8 offsets of a text into offsets in Unicode code points.
struct CodePointOffsets {
  private static let stride = 1024
  private let utf8: [UInt8]
  /// Code points before each multiple of `stride` bytes.
  private var checkpoints: [Int] = [0]

  init(_ utf8: [UInt8]) {
    self.utf8 = utf8
    var count = 0
    for (offset, byte) in utf8.enumerated() {
      if offset > 0, offset % Self.stride == 0 { checkpoints.append(count) }
      if byte & 0xC0 != 0x80 { count += 1 }
    }
  }

  /// Code points before the byte at `offset`, which may be the end.
  subscript(offset: Int) -> Int {
    let checkpoint = min(offset / Self.stride, checkpoints.count - 1)
    var count = checkpoints[checkpoint]
    for index in checkpoint * Self.stride..<offset where utf8[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  subscript(range: Range<Int>) -> Range<Int> { self[range.lowerBound]..<self[range.upperBound] }
}
