/// JSON that was written without line ends.
enum JSONLines {
  /// Bytes of a line from which a text counts as written so.
  private static let longest = 1000
  /// Bytes of an array or an object that stays on its line.
  private static let short = 80
  /// Columns of indentation at most: what is nested deeper stands there, too.
  private static let deepest = 40

  /// `text` with a member or an element a line where its lines are too long to be read; any other as it is.
  static func broken(_ text: [UInt8]) -> [UInt8] {
    guard let first = text.first(where: { !$0.isASCIISpace }), "[{".utf8.contains(first),
      text.split(separator: .lineFeed).contains(where: { $0.count > longest })
    else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count + text.count / 4)
    var depth = 0
    var index = 0
    /// Where the array or object that stays on its line ends.
    var lineEnd = 0
    func breakLine() {
      while result.last == .space { result.removeLast() }
      if result.last != .lineFeed { result.append(.lineFeed) }
      result.append(contentsOf: repeatElement(.space, count: min(Self.deepest, max(0, depth) * 2)))
    }
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") {
        let end = stringEnd(text, index)
        result.append(contentsOf: text[index..<end])
        index = end
        continue
      }
      index += 1
      if byte.isASCIISpace { continue }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        result.append(byte)
        if index <= lineEnd { continue }
        if let end = shortEnd(text, index - 1) {
          lineEnd = end
        } else {
          depth += 1
          breakLine()
        }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if index > lineEnd {
          depth -= 1
          breakLine()
        }
        result.append(byte)
      case UInt8(ascii: ","):
        result.append(byte)
        if index > lineEnd { breakLine() } else { result.append(.space) }
      case UInt8(ascii: ":"): result.append(contentsOf: ": ".utf8)
      default: result.append(byte)
      }
    }
    return result
  }

  /// The place behind a string that begins at `start`.
  private static func stringEnd(_ text: [UInt8], _ start: Int) -> Int {
    var index = start + 1
    while index < text.count, text[index] != UInt8(ascii: "\"") {
      index += text[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(text.count, index + 1)
  }

  /// The place behind an array or object that begins at `start` and is short; nil for a longer one.
  private static func shortEnd(_ text: [UInt8], _ start: Int) -> Int? {
    var depth = 0
    var index = start
    while index < text.count, index - start < short {
      switch text[index] {
      case UInt8(ascii: "\""):
        index = stringEnd(text, index)
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return index + 1 }
      default: break
      }
      index += 1
    }
    return nil
  }
}
