/// Reads the lines of a roff file (groff(7)): joins what is continued, leaves out comments and definitions of macros, and
/// decides conditions as a terminal would.
struct RoffReader {
  enum Line {
    case text(ArraySlice<UInt8>)
    /// A request or macro and what follows its name.
    case macro(String, ArraySlice<UInt8>)
  }

  private var lines: ArraySlice<ArraySlice<UInt8>>
  var text: RoffText
  /// What follows a condition on its line.
  private var rest: ArraySlice<UInt8>?
  /// Macros that the page defines itself.
  private(set) var definitions: Set<String> = []
  /// Whether the last `.ie` was true, for its `.el`.
  private var decision = false

  init(_ bytes: [UInt8]) {
    lines = bytes.split(separator: .lineFeed, omittingEmptySubsequences: false)[...]
    if lines.last?.isEmpty == true { lines.removeLast() }
    text = RoffText(budget: bytes.count)
  }

  mutating func next() -> Line? {
    while let line = nextLine() {
      guard let (name, arguments) = Self.control(line) else { return .text(Self.withoutEnds(line)) }
      switch name {
      case "", "\\\"": continue
      case "de", "de1", "am", "am1", "dei", "ig":
        let words = Self.words(arguments)
        if name != "ig", let macro = words.first { definitions.insert(macro) }
        skipDefinition(until: words.dropFirst(name == "ig" ? 0 : 1).first)
      case "ds", "as":
        let parts = arguments.split(separator: .space, maxSplits: 1)
        guard let key = parts.first else { continue }
        var value = parts.count > 1 ? parts[1].drop { $0 == .space } : []
        if value.first == UInt8(ascii: "\"") { value = value.dropFirst() }
        text.define(key.string, value)
      case "if", "ie":
        let (holds, rest) = Self.condition(arguments)
        if name == "ie" { decision = holds }
        take(rest, if: holds)
      case "el": take(arguments, if: !decision)
      case "while": take(Self.condition(arguments).rest, if: false)
      default: return .macro(name, Self.withoutEnds(arguments))
      }
    }
    return nil
  }

  /// The next line without its comment, with those that continue it.
  private mutating func nextLine() -> ArraySlice<UInt8>? {
    if let line = rest {
      rest = nil
      return line
    }
    guard let line = lines.popFirst().map(Self.withoutComment) else { return nil }
    guard Self.isContinued(line) else { return line }
    var whole = Array(line)
    while Self.isContinued(whole[...]), let more = lines.popFirst() {
      whole.removeLast()
      whole += Self.withoutComment(more)
    }
    return whole[...]
  }

  private static func isContinued(_ line: ArraySlice<UInt8>) -> Bool {
    line.reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
  }

  private static func withoutComment(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line.last == 0x0D ? line.dropLast() : line
    var index = line.startIndex
    while index < line.endIndex, let slash = line[index...].firstIndex(of: UInt8(ascii: "\\")) {
      guard slash + 1 < line.endIndex else { break }
      if line[slash + 1] == UInt8(ascii: "\"") || line[slash + 1] == UInt8(ascii: "#") {
        line = line[..<slash]
        // Of a line that is nothing else, not even an empty line is left.
        return line.isBlank || line.elementsEqual(".".utf8) || line.elementsEqual("'".utf8)
          ? Array(".".utf8)[...] : line
      }
      index = slash + 2
    }
    return line
  }

  /// Name and arguments of a line that begins with `.` or `'`; nil for a line of text.
  private static func control(_ line: ArraySlice<UInt8>) -> (name: String, arguments: ArraySlice<UInt8>)? {
    guard let first = line.first, first == UInt8(ascii: ".") || first == UInt8(ascii: "'") else { return nil }
    var body = line.dropFirst().drop { $0 == .space || $0 == 0x09 }
    while body.starts(with: "\\}".utf8) || body.starts(with: "\\{".utf8) {
      body = body.dropFirst(2).drop { $0 == .space || $0 == 0x09 }
    }
    let name = body.prefix { $0 != .space && $0 != 0x09 }
    // Braces may stand next to a request: `.el \{`, `.br\}`.
    if let brace = name.firstIndex(of: UInt8(ascii: "\\")), brace > name.startIndex {
      return (name[..<brace].string, body[brace...])
    }
    return (name.string, body[name.endIndex...].drop { $0 == .space || $0 == 0x09 })
  }

  private static func withoutEnds(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    while line.suffix(2).elementsEqual("\\}".utf8) { line = line.dropLast(2) }
    return line
  }

  private mutating func skipDefinition(until name: String?) {
    let end = Array((name ?? ".").utf8)
    while let line = lines.popFirst() {
      guard line.first == UInt8(ascii: ".") else { continue }
      let body = line.dropFirst().drop { $0 == .space || $0 == 0x09 }
      if body.prefix(while: { $0 != .space && $0 != 0x09 && $0 != 0x0D }).elementsEqual(end) { return }
    }
  }

  /// Goes on with what follows a condition, or leaves it out, with its block if it has one.
  private mutating func take(_ body: ArraySlice<UInt8>, if holds: Bool) {
    let body = body.drop { $0 == .space || $0 == 0x09 }
    if holds {
      let inner = body.starts(with: "\\{".utf8) ? body.dropFirst(2) : body
      rest = inner.isBlank ? nil : inner
      return
    }
    var depth = Self.braces(in: body)
    while depth > 0, let line = lines.popFirst() { depth += Self.braces(in: line) }
  }

  /// Opened minus closed.
  private static func braces(in line: ArraySlice<UInt8>) -> Int {
    zip(line, line.dropFirst()).reduce(0) { count, pair in
      guard pair.0 == UInt8(ascii: "\\") else { return count }
      return count + (pair.1 == UInt8(ascii: "{") ? 1 : pair.1 == UInt8(ascii: "}") ? -1 : 0)
    }
  }

  /// Whether a condition holds for a terminal that shows all characters, and what follows it.
  private static func condition(_ text: ArraySlice<UInt8>) -> (holds: Bool, rest: ArraySlice<UInt8>) {
    var text = text
    var isNegated = false
    while text.first == UInt8(ascii: "!") {
      isNegated.toggle()
      text = text.dropFirst()
    }
    let word = text.prefix { $0 != .space && $0 != 0x09 && $0 != UInt8(ascii: "\\") }
    var holds: Bool
    var rest: ArraySlice<UInt8>
    if word.elementsEqual("n".utf8) {
      (holds, rest) = (true, text[word.endIndex...])
    } else {
      // Whether this is groff is the one counter that pages ask for; other comparisons are of what only a formatter
      // knows.
      let whole = text.prefix { $0 != .space && $0 != 0x09 }
      holds = whole.starts(with: "\\n(.g".utf8) || whole.starts(with: "\\n[.g]".utf8)
      rest = text[whole.endIndex...]
    }
    if isNegated { holds.toggle() }
    return (holds, rest)
  }

  /// Arguments of a macro: parted by spaces but within double quotes.
  static func words(_ arguments: ArraySlice<UInt8>) -> [String] {
    quotedWords(arguments).map(\.text.string)
  }

  static func quotedWords(_ arguments: ArraySlice<UInt8>) -> [(text: ArraySlice<UInt8>, isQuoted: Bool)] {
    var words: [(text: ArraySlice<UInt8>, isQuoted: Bool)] = []
    var index = arguments.startIndex
    while true {
      while index < arguments.endIndex, arguments[index] == .space || arguments[index] == 0x09 { index += 1 }
      guard index < arguments.endIndex else { return words }
      var word: [UInt8] = []
      let isQuoted = arguments[index] == UInt8(ascii: "\"")
      if isQuoted { index += 1 }
      while index < arguments.endIndex {
        let byte = arguments[index]
        if byte == UInt8(ascii: "\\"), index + 1 < arguments.endIndex {
          word += arguments[index...(index + 1)]
          index += 2
          continue
        }
        index += 1
        if isQuoted, byte == UInt8(ascii: "\"") {
          // Two stand for one.
          guard index < arguments.endIndex, arguments[index] == byte else { break }
          index += 1
        } else if !isQuoted, byte == .space || byte == 0x09 {
          break
        }
        word.append(byte)
      }
      words.append((word[...], isQuoted))
    }
  }
}
