/// Reads dotenv syntax byte by byte; names and syntax are ASCII, values any UTF-8.
struct DotEnvReader {
  let bytes: [UInt8]
  private var index = 0
  private var line = 1
  private var entries: [String: DotEnvFile.Entry] = [:]
  private var mistakes: [DotEnvFile.Mistake] = []

  private struct Malformed: Error {
    let reason: String
  }

  init(bytes: [UInt8]) {
    self.bytes = bytes
    // A byte order mark is no part of the first name.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  mutating func read() -> ([String: DotEnvFile.Entry], [DotEnvFile.Mistake]) {
    while index < bytes.count {
      let start = (index: index, line: line)
      do throws(Malformed) {
        try readLine()
      } catch {
        mistakes.append(DotEnvFile.Mistake(line: start.line, reason: error.reason))
        // Of a quotation that never ends, only the first line is lost.
        (index, line) = start
        skipLine()
      }
      if index < bytes.count {
        index += 1
        line += 1
      }
    }
    return (entries, mistakes)
  }

  /// Leaves `index` at the line's end.
  private mutating func readLine() throws(Malformed) {
    skipBlanks()
    if isAtLineEnd || current == UInt8(ascii: "#") { return skipLine() }
    let first = line
    var name = readName()
    if name == "export", isBlank(current) {
      skipBlanks()
      name = readName()
    }
    skipBlanks()
    guard let initial = name.first else { throw Malformed(reason: "it does not begin with a name") }
    guard current == UInt8(ascii: "=") else { throw Malformed(reason: "there is no '=' after the name") }
    guard !initial.isNumber else { throw Malformed(reason: "a name begins with a letter or an underscore") }
    index += 1
    skipBlanks()
    let raw: [UInt8]
    switch current {
    case UInt8(ascii: "'"): raw = try readQuoted(UInt8(ascii: "'"))
    case UInt8(ascii: "\""): raw = try readQuoted(UInt8(ascii: "\""))
    default: raw = readPlain()
    }
    guard !raw.contains(0), let value = String(validating: raw, as: UTF8.self) else {
      throw Malformed(reason: "the value is not UTF-8 text")
    }
    if let earlier = entries[name] {
      mistakes.append(
        DotEnvFile.Mistake(
          line: first, reason: "\(name) was set on line \(earlier.line) already; this one counts"))
    }
    entries[name] = DotEnvFile.Entry(value: value, line: first)
  }

  private mutating func readName() -> String {
    let start = index
    while let byte = current, isNameByte(byte) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func readPlain() -> [UInt8] {
    let start = index
    var end = index
    while !isAtLineEnd {
      if current == UInt8(ascii: "#"), index == start || isBlank(bytes[index - 1]), isComment(at: start) {
        skipLine()
        break
      }
      if let byte = current, !isBlank(byte) { end = index + 1 }
      index += 1
    }
    return Array(bytes[start..<end])
  }

  /// `NAME=#1` is the value "#1", as in a shell; `NAME= # none` is empty.
  private func isComment(at start: Int) -> Bool {
    index > start || (start > 0 && isBlank(bytes[start - 1]))
  }

  private mutating func readQuoted(_ quote: UInt8) throws(Malformed) -> [UInt8] {
    let isDouble = quote == UInt8(ascii: "\"")
    var value: [UInt8] = []
    index += 1
    while let byte = current, byte != quote {
      index += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      guard byte == UInt8(ascii: "\\"), let escaped = current else {
        value.append(byte)
        continue
      }
      if let meaning = isDouble ? Self.escapes[escaped] : escaped == quote ? quote : nil {
        value.append(meaning)
        index += 1
      } else {
        value.append(byte)
      }
    }
    guard current == quote else { throw Malformed(reason: "the quotation mark is never closed") }
    index += 1
    skipBlanks()
    guard isAtLineEnd || current == UInt8(ascii: "#") else {
      throw Malformed(reason: "something follows the closing quotation mark")
    }
    skipLine()
    return value
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "$"): UInt8(ascii: "$"),
  ]

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  private var isAtLineEnd: Bool { index >= bytes.count || bytes[index] == UInt8(ascii: "\n") }

  private mutating func skipBlanks() {
    while isBlank(current) { index += 1 }
  }

  private mutating func skipLine() {
    while !isAtLineEnd { index += 1 }
  }

  /// A carriage return counts as a blank, so that lines may end in CR LF.
  private func isBlank(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
