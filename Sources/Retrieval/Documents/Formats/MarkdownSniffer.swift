/// Tells Markdown from other plain text where the name does not: `llms.txt`, a `README`.
///
/// Comments of settings and scripts begin with `#` as headings do. Headings stand by themselves; so it takes several, and
/// other signs of Markdown beside few.
enum MarkdownSniffer {
  /// How many bytes are looked at.
  static let length = 1 << 16

  static func isMarkdown(_ bytes: [UInt8]) -> Bool {
    var traces = Traces()
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    for line in text.prefix(length).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      traces.add(line.trimmedSpace)
    }
    return traces.areOfMarkdown
  }

  private struct Traces {
    var headings = 0
    /// Headings of the second level or below.
    var subheadings = 0
    /// Headings that stand by themselves.
    var loneHeadings = 0
    /// Other lines that begin with `#`, outside fences.
    var comments = 0
    /// Links, fences, and words in bold.
    var marks = 0
    private var fence: UInt8?
    private var isAfterBlank = true
    private var isAfterHeading = false

    var areOfMarkdown: Bool {
      if headings == 0 || comments * 4 > headings { return false }
      return headings > 1 && subheadings > 0 && loneHeadings * 2 >= headings || marks > 1
    }

    mutating func add(_ line: ArraySlice<UInt8>) {
      if isAfterHeading, line.isEmpty { loneHeadings += 1 }
      isAfterHeading = false
      defer { isAfterBlank = line.isEmpty }
      if let sign = line.first, sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~"),
        line.prefix(while: { $0 == sign }).count >= 3
      {
        if fence == nil { marks += 1 }
        fence = fence == nil ? sign : fence == sign ? nil : fence
        return
      }
      if fence != nil { return }
      if line.first == UInt8(ascii: "#") {
        let level = line.prefix { $0 == UInt8(ascii: "#") }.count
        let text = line.dropFirst(level)
        guard level <= 6, isAfterBlank, text.first == .space, !text.trimmedSpace.isEmpty else {
          comments += 1
          return
        }
        headings += 1
        if level > 1 { subheadings += 1 }
        isAfterHeading = true
      } else if Self.holdsMark(line) {
        marks += 1
      }
    }

    /// A link with its address, or words between pairs of asterisks.
    private static func holdsMark(_ line: ArraySlice<UInt8>) -> Bool {
      var asterisks = 0
      for (first, second) in zip(line, line.dropFirst()) {
        if first == UInt8(ascii: "]"), second == UInt8(ascii: "(") { return true }
        if first == UInt8(ascii: "*"), second == UInt8(ascii: "*") { asterisks += 1 }
      }
      return asterisks == 2
    }
  }
}
