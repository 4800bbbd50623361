/// A line of reStructuredText: how far it is indented (tabs go to multiples of 8 columns) and the rest of it,
/// without white space at its end.
struct RSTLine {
  var indent: Int
  var content: ArraySlice<UInt8>

  init(_ line: ArraySlice<UInt8>) {
    var column = 0
    var rest = line
    while let first = rest.first, first.isASCIISpace {
      column = first == 0x09 ? (column / 8 + 1) * 8 : column + 1
      rest = rest.dropFirst()
    }
    while let last = rest.last, last.isASCIISpace { rest = rest.dropLast() }
    indent = rest.isEmpty ? 0 : column
    content = rest
  }

  init(indent: Int, content: ArraySlice<UInt8>) {
    self.indent = indent
    self.content = content
  }

  var isBlank: Bool { content.isEmpty }

  /// The punctuation mark that the line repeats from end to end, as under a title.
  var adornment: UInt8? {
    guard let sign = content.first, content.count >= 2, sign.isASCIIPunctuation,
      content.allSatisfy({ $0 == sign })
    else { return nil }
    return sign
  }

  /// The line as columns, with the indentation beyond `base`.
  func columns(from base: Int) -> [Unicode.Scalar] {
    Array(repeating: " ", count: min(max(indent - base, 0), 1000)) + Array(content.string.unicodeScalars)
  }
}

extension ArraySlice<RSTLine> {
  /// The lines as they are written, without the indentation that they share.
  var verbatim: [UInt8] {
    let base = lazy.filter { !$0.isBlank }.map(\.indent).min() ?? 0
    var result: [UInt8] = []
    for line in self {
      if !line.isBlank {
        result.append(contentsOf: repeatElement(.space, count: Swift.min(line.indent - base, 200)))
        result.append(contentsOf: line.content)
      }
      result.append(.lineFeed)
    }
    return result
  }
}
