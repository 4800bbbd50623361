/// Writing of the numbers that a segment is made of: little-endian, unaligned.
extension [UInt8] {
  /// LEB128: seven bits a byte, the lowest first, the eighth says that more follow.
  mutating func appendVariable(_ value: Int) {
    var rest = UInt(bitPattern: value)
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func appendFixed<Number: BitwiseCopyable>(_ value: Number) {
    Swift.withUnsafeBytes(of: value) { append(contentsOf: $0) }
  }
}

/// Reads a range of bytes and never beyond it: past the end everything is 0.
struct ByteReader {
  private(set) var position: UnsafeRawPointer
  let end: UnsafeRawPointer

  init(_ bytes: UnsafeRawBufferPointer) {
    // An empty buffer may have no address; any pointer is as good, since it is never read.
    position = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
    end = position + bytes.count
  }

  var remaining: Int { end - position }

  @inline(__always)
  mutating func variable() -> Int {
    var value: UInt = 0
    var shift: UInt = 0
    while position < end {
      let byte = position.load(as: UInt8.self)
      position += 1
      value |= UInt(byte & 0x7F) &<< shift
      if byte < 0x80 || shift >= 56 { break }
      shift += 7
    }
    return Int(value & UInt(Int.max))
  }

  /// The next `count` bytes, or what there is of them.
  mutating func bytes(_ count: Int) -> UnsafeRawBufferPointer {
    let count = min(max(0, count), remaining)
    defer { position += count }
    return UnsafeRawBufferPointer(start: position, count: count)
  }
}
