/// How words are marked at their beginning.
struct Metaspace: Sendable, Equatable {
  /// What stands in place of a space, `▁` in UTF-8.
  var mark = Array("\u{2581}".utf8)
  /// Whether a text without a mark before it gets one.
  var isPrepended = true
  /// Whether texts are split before each mark.
  var splits = true

  /// Replaces `output` by `text` with marks.
  func mark(_ text: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
    output.removeAll(keepingCapacity: true)
    let space = UInt8(ascii: " ")
    if isPrepended, text.first != space, !text.starts(with: mark) { output.append(contentsOf: mark) }
    guard text.contains(space) else { return output.append(contentsOf: text) }
    for byte in text {
      if byte == space { output.append(contentsOf: mark) } else { output.append(byte) }
    }
  }

  /// Where the word that begins at `start` of a marked text ends: before the next mark, or at the end.
  func end(after start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    guard splits else { return text.count }
    var end = start + 1
    while end < text.count, text[end] != mark[0] || !text[end...].starts(with: mark) { end += 1 }
    return end
  }
}
