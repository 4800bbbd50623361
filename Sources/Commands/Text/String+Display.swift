extension StringProtocol {
  /// Columns the text takes on a terminal: 2 for wide East Asian characters and emoji, 0 for combining marks
  /// and controls, 1 for the rest.
  public var displayWidth: Int {
    // Printable ASCII, which is nearly everything, needs no look at its characters.
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return utf8.count }
    return reduce(0) { $0 + $1.displayWidth }
  }

  /// The text cut to `width` columns, the last of them an ellipsis where something was cut.
  public func truncated(to width: Int) -> String {
    guard displayWidth > width else { return String(self) }
    return width > 0 ? prefix(columns: width - 1) + "…" : ""
  }

  /// The text cut to `width` columns by taking its middle out: a path keeps its beginning and its file name.
  public func truncatedInMiddle(to width: Int) -> String {
    guard displayWidth > width else { return String(self) }
    guard width > 2 else { return truncated(to: width) }
    let tail = (width - 1) * 2 / 3
    return prefix(columns: width - 1 - tail) + "…" + suffix(columns: tail)
  }

  /// Followed by spaces up to `width` columns.
  func padded(to width: Int) -> String {
    String(self) + String(repeating: " ", count: Swift.max(0, width - displayWidth))
  }

  /// Preceded by spaces up to `width` columns.
  func paddedBefore(to width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - displayWidth)) + String(self)
  }

  func trimmingTrailingSpaces() -> String {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...last])
  }

  func trimmingTrailingNewlines() -> String {
    guard let last = lastIndex(where: { $0 != "\n" }) else { return "" }
    return String(self[...last])
  }

  func trimmingWhitespace() -> String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }

  private func prefix(columns: Int) -> String {
    var used = 0
    return String(
      prefix { character in
        used += character.displayWidth
        return used <= columns
      })
  }

  private func suffix(columns: Int) -> String {
    var used = 0
    var start = endIndex
    while start > startIndex {
      let before = index(before: start)
      used += self[before].displayWidth
      if used > columns { break }
      start = before
    }
    return String(self[start...])
  }
}

extension Character {
  /// Columns the character, with all that is combined into it, takes on a terminal.
  var displayWidth: Int {
    var width = 0
    for scalar in unicodeScalars {
      // A variation selector 16 asks for the emoji form, which is wide.
      if scalar == "\u{FE0F}", width > 0 { return 2 }
      // Joined emoji, flags and syllables share the columns of their widest part.
      width = Swift.max(width, scalar.displayWidth)
    }
    let isFlag =
      unicodeScalars.count == 2 && unicodeScalars.allSatisfy { (0x1F1E6...0x1F1FF).contains($0.value) }
    return isFlag ? 2 : width
  }
}

extension Unicode.Scalar {
  fileprivate var displayWidth: Int {
    if (0x20..<0x7F).contains(value) { return 1 }
    if EastAsianWidth.isWide(self) { return 2 }
    return switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control, .format, .lineSeparator, .paragraphSeparator: 0
    default: 1
    }
  }
}
