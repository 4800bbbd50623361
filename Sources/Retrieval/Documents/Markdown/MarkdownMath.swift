/// Keeps formulas between dollar signs from being read as Markdown, by escaping what is punctuation in them:
/// `$a_1 * b_2$` has neither emphasis nor a list.
enum MarkdownMath {
  static func protected(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(dollar) else { return text }
    var output: [UInt8] = []
    output.reserveCapacity(text.count + text.count / 8)
    let lines = TextLines(text)
    var fence = MarkdownFence()
    var indented = IndentedCode()
    var line = 0
    while line < lines.count {
      let isFenced = fence.takes(lines[line])
      if isFenced { indented.passFence() }
      if isFenced || indented.takes(lines[line]) || lines.isBlank(line) {
        output.append(contentsOf: lines[line])
        output.append(.lineFeed)
        line += 1
        continue
      }
      let start = line
      line += 1
      // Formulas do not cross blank lines; a long run of lines is cut, so that searches stay short.
      while line < lines.count, line - start < 200, !lines.isBlank(line) {
        var probe = (fence: fence, indented: indented)
        if probe.fence.takes(lines[line]) || probe.indented.takes(lines[line]) { break }
        indented = probe.indented
        line += 1
      }
      protect(lines[start..<line], into: &output)
      output.append(.lineFeed)
    }
    return output
  }

  private static let dollar = UInt8(ascii: "$")
  private static let backslash = UInt8(ascii: "\\")

  private static func protect(_ run: ArraySlice<UInt8>, into output: inout [UInt8]) {
    guard run.contains(dollar) else { return output.append(contentsOf: run) }
    var index = run.startIndex
    while index < run.endIndex {
      let byte = run[index]
      if byte == backslash, index + 1 < run.endIndex {
        output.append(contentsOf: run[index..<(index + 2)])
        index += 2
      } else if byte == UInt8(ascii: "`") {
        let end = MarkdownFence.endOfCodeSpan(in: run[index...])
        output.append(contentsOf: run[index..<end])
        index = end
      } else if byte == dollar, let end = endOfFormula(in: run, at: index) {
        escape(run[index..<end], isDisplayed: run[index + 1] == dollar, into: &output)
        index = end
      } else {
        output.append(byte)
        index += 1
      }
    }
  }

  /// Pandoc's rule: an opening `$` has text right after it, a closing one right before it and no digit after. Behind a
  /// letter begins the next variable of a shell: `$HOME:$PATH`; and code in backticks is in no formula.
  static func endOfFormula(in run: ArraySlice<UInt8>, at index: Int) -> Int? {
    guard index + 2 < run.endIndex else { return nil }
    let isDisplayed = run[index + 1] == dollar
    var next = index + (isDisplayed ? 2 : 1)
    if !isDisplayed, run[next].isASCIISpace { return nil }
    let limit = min(run.endIndex, next + (isDisplayed ? 4000 : 500))
    while next < limit {
      let byte = run[next]
      if byte == backslash {
        next += 2
      } else if byte == UInt8(ascii: "`"), !isDisplayed {
        return nil
      } else if byte != dollar {
        next += 1
      } else if isDisplayed {
        if next + 1 < limit, run[next + 1] == dollar, next > index + 2 { return next + 2 }
        next += 1
      } else {
        let isWordNext = next + 1 < run.endIndex && run[next + 1].isASCIIAlphanumeric
        return run[next - 1].isASCIISpace || isWordNext ? nil : next + 1
      }
    }
    return nil
  }

  private static func escape(_ formula: ArraySlice<UInt8>, isDisplayed: Bool, into output: inout [UInt8]) {
    // A formula in a block quote has markers at its line starts, which must stay markers.
    guard !formula.contains(.lineFeed) || !formula.contains(UInt8(ascii: ">")) else {
      return output.append(contentsOf: formula)
    }
    var isLineStart = false
    for byte in formula {
      if isLineStart, byte == .space || byte == 0x09 { continue }
      isLineStart = byte == .lineFeed
      if byte.isASCIIPunctuation || (byte == .lineFeed && isDisplayed) { output.append(backslash) }
      output.append(byte)
    }
  }
}
