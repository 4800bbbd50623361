/// The lines of a text as ranges of its bytes, line feeds left out.
struct TextLines {
  let bytes: [UInt8]
  private(set) var ranges: [Range<Int>] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    ranges.reserveCapacity(bytes.count / 40 + 1)
    var start = 0
    for index in bytes.indices where bytes[index] == .lineFeed {
      ranges.append(start..<index)
      start = index + 1
    }
    if start < bytes.count { ranges.append(start..<bytes.count) }
  }

  var count: Int { ranges.count }

  subscript(line: Int) -> ArraySlice<UInt8> { bytes[ranges[line]] }

  func isBlank(_ line: Int) -> Bool { self[line].isBlank }

  /// The lines of a range with the line feeds between them.
  subscript(lines: Range<Int>) -> ArraySlice<UInt8> {
    lines.isEmpty ? [] : bytes[ranges[lines.lowerBound].lowerBound..<ranges[lines.upperBound - 1].upperBound]
  }

  /// All lines as text, without the white space at their ends.
  var withoutTrailingSpace: [String] {
    ranges.map { range in
      var line = bytes[range]
      while let last = line.last, last.isASCIISpace { line = line.dropLast() }
      return line.string
    }
  }

  /// Columns of white space before the first other byte; a tab goes to the next multiple of 4 columns.
  func indent(_ line: Int) -> Int { self[line].indentColumns }
}

extension ArraySlice<UInt8> {
  /// Columns of white space before the first other byte; a tab goes to the next multiple of 4 columns.
  var indentColumns: Int {
    var columns = 0
    for byte in self {
      if byte == .space {
        columns += 1
      } else if byte == 0x09 {
        columns += 4 - columns % 4
      } else {
        break
      }
    }
    return columns
  }

  /// Without up to `columns` columns of leading white space.
  func dedented(by columns: Int) -> ArraySlice<UInt8> {
    var column = 0
    var index = startIndex
    while index < endIndex, column < columns {
      if self[index] == .space {
        column += 1
      } else if self[index] == 0x09 {
        column += 4 - column % 4
      } else {
        break
      }
      index += 1
    }
    return self[index...]
  }
}
