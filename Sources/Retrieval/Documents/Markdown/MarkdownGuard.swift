/// Takes the sting out of texts that would make cmark-gfm 0.29.0.gfm.6 take quadratic time or memory
/// (CVE-2023-22483, -22484, -22486 and tables completed with empty cells). Texts that people write are far
/// from these limits and pass unchanged.
struct MarkdownGuard {
  /// `|` on one line.
  private static let maximumColumns = 250
  /// Cells that cmark would add to short rows of tables.
  private static let maximumAddedCells = 200_000
  /// Images begun and brackets left open in one paragraph.
  private static let maximumOpenBrackets = 200
  /// `<?`, `<!X` and `<![` within one paragraph.
  private static let maximumDeclarations = 200

  /// Brackets closed in one paragraph times marks of emphasis there: cmark looks through the latter for each link.
  private static let maximumProduct = 200_000_000

  private var hasWideTables = false
  private var hasManyImages = false
  private var hasManyDeclarations = false
  private var hasManyReferences = false

  static func defused(_ text: [UInt8]) -> [UInt8] {
    var findings = MarkdownGuard()
    findings.scan(text)
    guard
      findings.hasWideTables || findings.hasManyImages || findings.hasManyDeclarations
        || findings.hasManyReferences
    else { return text }
    return findings.rewritten(text)
  }

  private mutating func scan(_ text: [UInt8]) {
    var pipes = 0
    var openBrackets = 0
    var images = 0
    var declarations = 0
    var closed = 0
    var marks = 0
    var columns = 0
    var addedCells = 0
    var isBlank = true
    var isDelimiterRow = true
    var previous: UInt8 = .lineFeed
    for byte in text {
      switch byte {
      case .lineFeed:
        if isBlank {
          (openBrackets, images, declarations, columns) = (0, 0, 0, 0)
          (closed, marks) = (0, 0)
        } else if isDelimiterRow, pipes > 0 {
          columns = pipes + 1
        } else {
          addedCells += max(columns - pipes, 0)
        }
        if pipes > Self.maximumColumns || addedCells > Self.maximumAddedCells { hasWideTables = true }
        (pipes, isBlank, isDelimiterRow) = (0, true, true)
      case UInt8(ascii: "|"):
        pipes += 1
        isBlank = false
      case UInt8(ascii: "["):
        openBrackets += 1
        if previous == UInt8(ascii: "!") { images += 1 }
        if previous == UInt8(ascii: "<") { declarations += 1 }
        if images > Self.maximumOpenBrackets, openBrackets > Self.maximumOpenBrackets { hasManyImages = true }
        (isBlank, isDelimiterRow) = (false, false)
      case UInt8(ascii: "]"):
        openBrackets -= 1
        closed += 1
        if closed * marks > Self.maximumProduct { hasManyReferences = true }
        (isBlank, isDelimiterRow) = (false, false)
      case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"):
        marks += 1
        (isBlank, isDelimiterRow) = (false, false)
      case UInt8(ascii: "?"), UInt8(ascii: "!"):
        if previous == UInt8(ascii: "<") { declarations += 1 }
        if declarations > Self.maximumDeclarations { hasManyDeclarations = true }
        (isBlank, isDelimiterRow) = (false, false)
      case .space, 0x09: break
      case UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: ">"): isBlank = false
      default: (isBlank, isDelimiterRow) = (false, false)
      }
      previous = byte
    }
    if pipes > Self.maximumColumns || addedCells > Self.maximumAddedCells { hasWideTables = true }
  }

  private func rewritten(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count + text.count / 4)
    let lines = TextLines(text)
    var fence = CertainFence()
    for line in 0..<lines.count {
      let bytes = lines[line]
      if fence.takes(bytes) {
        output.append(contentsOf: bytes)
      } else {
        // What is escaped already would no longer be with another backslash before it.
        var isEscaped = false
        for index in bytes.indices {
          let byte = bytes[index]
          let next = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
          let isImage = byte == UInt8(ascii: "!") && next == UInt8(ascii: "[")
          let isDeclaration =
            byte == UInt8(ascii: "<") && (next == UInt8(ascii: "?") || next == UInt8(ascii: "!"))
          let isActive =
            (hasWideTables && byte == UInt8(ascii: "|")) || (hasManyImages && isImage)
            || (hasManyDeclarations && isDeclaration) || (hasManyReferences && byte == UInt8(ascii: "["))
          if isActive, !isEscaped { output.append(UInt8(ascii: "\\")) }
          output.append(byte)
          isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
      }
      output.append(.lineFeed)
    }
    return output
  }
}

/// Fenced code of which it is certain that cmark takes it for that too: what is passed over for being code must not be
/// read as anything else.
///
/// Such a fence begins at the margin after a blank line, and nothing before it may have opened HTML that goes on over
/// blank lines.
private struct CertainFence {
  private var marker: UInt8 = 0
  private var length = 0
  private var isAfterBlank = true
  private var mayBeHTML = false

  mutating func takes(_ line: ArraySlice<UInt8>) -> Bool {
    if length > 0 {
      let rest = line.drop { $0 == .space }
      let run = rest.prefix { $0 == marker }.count
      if line.count - rest.count < 4, run >= length, Self.isBlank(rest.dropFirst(run)) { length = 0 }
      return true
    }
    defer { isAfterBlank = Self.isBlank(line) }
    if let first = line.first, isAfterBlank, !mayBeHTML,
      first == UInt8(ascii: "`") || first == UInt8(ascii: "~")
    {
      let run = line.prefix { $0 == first }.count
      if run >= 3, first == UInt8(ascii: "~") || !line.dropFirst(run).contains(first) {
        (marker, length) = (first, run)
        return true
      }
    }
    // Comments, instructions, declarations, and elements such as `script`.
    let isOpening = zip(line, line.dropFirst()).contains {
      $0 == UInt8(ascii: "<") && (!$1.isASCIILetter || "pstPST".utf8.contains($1))
    }
    mayBeHTML = mayBeHTML || isOpening
    return false
  }

  /// As cmark understands it.
  private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == .space || $0 == 0x09 }
  }
}
