/// The block of metadata that may open a Markdown file: YAML between `---` lines, TOML between `+++` lines, or Pandoc's.
/// Only `title` and `description` are read, and only as scalars.
struct FrontMatter {
  private(set) var title: String?
  private(set) var description: String?
  /// Offset of the first byte after the block.
  private(set) var end = 0

  /// Nil if the text does not start with front matter.
  init?(of text: [UInt8]) {
    if let block = PandocTitle(of: text) {
      title = block.title
      end = block.end
      return
    }
    let head = text.prefix(3)
    guard head.elementsEqual("---".utf8) || head.elementsEqual("+++".utf8) else { return nil }
    let isTOML = head.first == UInt8(ascii: "+")
    // Front matter is short; a bound keeps a stray rule at the start from being followed through a book.
    let lines = TextLines(Array(text.prefix(1 << 16)))
    guard lines[0].trimmedSpace.count == 3,
      let close = (1..<lines.count).first(where: { Self.closes(lines[$0], isTOML: isTOML) }),
      let first = (1..<close).first(where: { !lines.isBlank($0) }) ?? Optional(close),
      first == close || Self.key(of: lines[first], isTOML: isTOML) != nil || lines[first].starts(with: "#")
    else { return nil }
    end = min(lines.ranges[close].upperBound + 1, text.count)
    var line = 1
    while line < close {
      defer { line += 1 }
      guard let (key, value) = Self.key(of: lines[line], isTOML: isTOML) else { continue }
      guard key == "title" || key == "description" else { continue }
      var continued: [ArraySlice<UInt8>] = []
      if !isTOML {
        while line + 1 < close, lines.isBlank(line + 1) || lines.indent(line + 1) > 0 {
          line += 1
          continued.append(lines[line].trimmedSpace)
        }
      }
      let scalar = Self.scalar(value, continued, isTOML: isTOML)
      if key == "title" { title = scalar } else { description = scalar }
    }
  }

  private static func closes(_ line: ArraySlice<UInt8>, isTOML: Bool) -> Bool {
    let line = line.trimmedSpace
    return isTOML
      ? line.elementsEqual("+++".utf8) : line.elementsEqual("---".utf8) || line.elementsEqual("...".utf8)
  }

  private static func key(of line: ArraySlice<UInt8>, isTOML: Bool) -> (String, ArraySlice<UInt8>)? {
    let name = line.prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    guard !name.isEmpty else { return nil }
    let rest = line[name.endIndex...].drop { $0.isASCIISpace }
    guard rest.first == UInt8(ascii: isTOML ? "=" : ":") else { return nil }
    return (name.lowercasedString, rest.dropFirst().trimmedSpace)
  }

  private static func scalar(
    _ value: ArraySlice<UInt8>, _ continued: [ArraySlice<UInt8>], isTOML: Bool
  ) -> String? {
    var lines = continued
    // `>` and `|`, with `-` or `+`, say that the value is the indented lines.
    if let first = value.first, first != UInt8(ascii: ">") && first != UInt8(ascii: "|") || isTOML {
      lines.insert(value, at: 0)
    }
    let joined = Array(lines.filter { !$0.isEmpty }.joined(separator: [.space]))[...]
    guard let quote = joined.first else { return nil }
    let words: String
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      words = unquoted(joined.dropFirst(), quote: quote, isTOML: isTOML)
    } else {
      var plain = joined
      if let comment = joined.indices.dropFirst().first(where: {
        joined[$0] == UInt8(ascii: "#") && joined[$0 - 1].isASCIISpace
      }) {
        plain = joined[..<comment]
      }
      words = plain.trimmedSpace.string
    }
    return words.isEmpty || words == "~" || words == "null" ? nil : words
  }

  private static func unquoted(_ text: ArraySlice<UInt8>, quote: UInt8, isTOML: Bool) -> String {
    var result: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      let next = index + 1 < text.endIndex ? text[index + 1] : nil
      if byte == quote {
        // YAML writes a quote within single quotes twice.
        guard quote == UInt8(ascii: "'"), next == quote, !isTOML else { break }
        result.append(byte)
        index += 2
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), let next {
        result.append(next == UInt8(ascii: "n") || next == UInt8(ascii: "t") ? .space : next)
        index += 2
      } else {
        result.append(byte)
        index += 1
      }
    }
    return result.trimmedSpace.string
  }
}
