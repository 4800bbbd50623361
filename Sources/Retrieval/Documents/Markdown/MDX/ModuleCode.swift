/// Finds the code of a JavaScript module that stands between the paragraphs of an MDX text.
struct ModuleCode {
  /// Bytes of one piece of code that are looked at where blank lines are in it.
  private static let maximumLength = 50_000
  /// Pieces whose end is not found before brackets are followed no more, so that time stays linear.
  private static let maximumFailures = 16
  private let text: [UInt8]
  private var failures = 0

  init(_ text: [UInt8]) { self.text = text }

  /// Whether a line begins an `import` or `export`, and not a sentence.
  static func begins(_ line: ArraySlice<UInt8>) -> Bool {
    let isImport = line.starts(with: "import")
    guard isImport || line.starts(with: "export"), let after = line.dropFirst(6).first else { return false }
    let rest = line.dropFirst(6).trimmedSpace
    guard let first = rest.first else { return false }
    if "{*".utf8.contains(first) { return true }
    guard after.isASCIISpace else { return false }
    if !isImport { return declarations.contains(rest.prefix { $0.isASCIILetter }.string) }
    guard first != UInt8(ascii: "\""), first != UInt8(ascii: "'") else { return true }
    let quoted = rest.firstIndex { "\"'".utf8.contains($0) } ?? rest.endIndex
    return "{,".utf8.contains(rest.last ?? 0) || rest[..<quoted].suffix(6).elementsEqual(" from ".utf8)
  }

  private static let declarations: Set<String> = [
    "const", "let", "var", "function", "default", "class", "async", "type", "interface", "enum",
  ]

  /// The start of the first blank line outside brackets; where brackets stay open, that of the first blank line.
  mutating func end(from index: Int) -> Int {
    var next = index
    var depth = 0
    var firstBlank: Int?
    let limit = min(text.count, index + Self.maximumLength)
    while next < text.count {
      if let firstBlank, next >= limit {
        failures += 1
        return firstBlank
      }
      let stop = firstBlank == nil ? text.count : limit
      let line = text[next..<(text[next..<stop].firstIndex(of: .lineFeed) ?? stop)]
      if line.isBlank {
        if depth <= 0 || failures >= Self.maximumFailures { return next }
        firstBlank = firstBlank ?? next
      }
      depth += Self.depth(of: line)
      next = min(line.endIndex + 1, text.count)
    }
    guard depth > 0, let firstBlank else { return next }
    failures += 1
    return firstBlank
  }

  /// How many more brackets a line opens than it closes, outside strings.
  private static func depth(of line: ArraySlice<UInt8>) -> Int {
    var depth = 0
    var quote: UInt8?
    for byte in line {
      if let open = quote {
        if byte == open { quote = nil }
      } else if "\"'`".utf8.contains(byte) {
        quote = byte
      } else if "{[(".utf8.contains(byte) {
        depth += 1
      } else if "}])".utf8.contains(byte) {
        depth -= 1
      }
    }
    return depth
  }
}
