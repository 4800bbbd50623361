/// What is taken for one character in a text, as far as `ClusterClasses` tells.
struct GraphemeCluster {
  let range: Range<Int>
  /// Whether it is one scalar value.
  let isSingle: Bool

  /// The cluster that begins at `start` of `text`, which is valid UTF-8.
  init(in text: UnsafeBufferPointer<UInt8>, at start: Int) {
    let classes = ClusterClasses.shared
    var end = UTF8Scalar.end(after: start, in: text)
    let firstEnd = end
    if text[start] == UInt8(ascii: "\r") {
      if end < text.count, text[end] == UInt8(ascii: "\n") { end += 1 }
    } else {
      var last = classes[UTF8Scalar.value(at: start, in: text)]
      while last != .control, end < text.count {
        let next = classes[UTF8Scalar.value(at: end, in: text)]
        guard next == .extending || last == .prepended && next != .control else { break }
        end = UTF8Scalar.end(after: end, in: text)
        last = next
      }
    }
    range = start..<end
    isSingle = end == firstEnd
  }
}

/// Scalar values in valid UTF-8.
enum UTF8Scalar {
  /// Where the scalar value that begins at `start` ends.
  @inline(__always)
  static func end(after start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    let byte = text[start]
    return min(text.count, start + (byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4))
  }

  @inline(__always)
  static func value(at start: Int, in text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let byte = text[start]
    if byte < 0x80 { return UInt32(byte) }
    let end = end(after: start, in: text)
    var code = UInt32(byte) & (0x7F >> UInt32(end - start))
    for index in start + 1..<end { code = code << 6 | UInt32(text[index] & 0x3F) }
    return code
  }
}
