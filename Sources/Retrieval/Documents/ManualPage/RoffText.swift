/// Text lines and arguments of roff as readers see them: escape sequences (groff(7), "Escapes") become the characters
/// that they stand for, or nothing.
struct RoffText {
  /// Strings that the page defines, by their names, as readers see them.
  private var strings: [String: [UInt8]] = [:]
  /// Bytes that strings may still add to the text: a short page must not become a long one.
  private var budget: Int

  /// - Parameter budget: bytes that strings may add in all.
  init(budget: Int) { self.budget = budget }

  mutating func define(_ name: String, _ value: ArraySlice<UInt8>) { strings[name] = plain(value).text }

  /// - Returns: the text, and whether it ends with `\c`: nothing is to come between it and the next line.
  mutating func plain(_ line: ArraySlice<UInt8>) -> (text: [UInt8], continues: Bool) {
    guard line.contains(UInt8(ascii: "\\")) else { return (Array(line), false) }
    var output: [UInt8] = []
    var continues = false
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        output.append(byte)
        continue
      }
      guard index < line.endIndex else { break }
      let escape = line[index]
      index += 1
      switch escape {
      case UInt8(ascii: "\""), UInt8(ascii: "#"): return (output, continues)
      case UInt8(ascii: "e"), UInt8(ascii: "\\"), UInt8(ascii: "E"): output.append(UInt8(ascii: "\\"))
      case UInt8(ascii: "-"): output.append(UInt8(ascii: "-"))
      case UInt8(ascii: "'"), UInt8(ascii: "`"): output.append(escape)
      case UInt8(ascii: "."): output.append(escape)
      case UInt8(ascii: "t"): output.append(0x09)
      case UInt8(ascii: " "), UInt8(ascii: "~"), UInt8(ascii: "0"): output.append(.space)
      case UInt8(ascii: "c"): continues = true
      case UInt8(ascii: "("), UInt8(ascii: "["):
        index -= 1
        output += Self.character(name(in: line, &index))
      case UInt8(ascii: "*"):
        let name = name(in: line, &index)
        if let value = strings[name.string] {
          budget -= value.count
          if budget >= 0 { output += value }
        } else {
          output += Self.predefined[name.string].map { Array($0.utf8) } ?? []
        }
      case UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "m"), UInt8(ascii: "M"), UInt8(ascii: "n"),
        UInt8(ascii: "k"), UInt8(ascii: "g"), UInt8(ascii: "Y"), UInt8(ascii: "V"):
        // Numbers are counters of the formatter, which no reader has to see.
        _ = name(in: line, &index)
      case UInt8(ascii: "s"): skipSize(in: line, &index)
      case UInt8(ascii: "h"):
        // A movement to the right parts words.
        if quoted(in: line, &index).first != UInt8(ascii: "-") { output.append(.space) }
      case UInt8(ascii: "N"):
        if let value = UInt32(quoted(in: line, &index).string), let scalar = Unicode.Scalar(value) {
          output += Array(String(Character(scalar)).utf8)
        }
      // Signs set over each other.
      case UInt8(ascii: "o"): output += quoted(in: line, &index).filter { $0 != UInt8(ascii: "\\") }
      case UInt8(ascii: "v"), UInt8(ascii: "w"), UInt8(ascii: "l"), UInt8(ascii: "L"), UInt8(ascii: "D"),
        UInt8(ascii: "b"), UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "Z"), UInt8(ascii: "S"),
        UInt8(ascii: "H"), UInt8(ascii: "A"), UInt8(ascii: "B"), UInt8(ascii: "R"):
        _ = quoted(in: line, &index)
      // Without width, marks of hyphenation, half lines, braces of blocks.
      case UInt8(ascii: "&"), UInt8(ascii: ")"), UInt8(ascii: "%"), UInt8(ascii: ":"), UInt8(ascii: "|"),
        UInt8(ascii: "^"), UInt8(ascii: "/"), UInt8(ascii: ","), UInt8(ascii: "u"), UInt8(ascii: "d"),
        UInt8(ascii: "r"), UInt8(ascii: "p"), UInt8(ascii: "z"), UInt8(ascii: "{"), UInt8(ascii: "}"),
        UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "a"):
        break
      default: output.append(escape)
      }
    }
    return (output, continues)
  }

  /// The name after an escape: one character, `(xx` or `[name]`, with a sign before it for sizes and counters.
  private func name(in line: ArraySlice<UInt8>, _ index: inout Int) -> ArraySlice<UInt8> {
    if index < line.endIndex, line[index] == UInt8(ascii: "+") || line[index] == UInt8(ascii: "-") {
      index += 1
    }
    guard index < line.endIndex else { return [] }
    switch line[index] {
    case UInt8(ascii: "("):
      let name = line[(index + 1)...].prefix(2)
      index = name.endIndex
      return name
    case UInt8(ascii: "["):
      guard let end = line[index...].firstIndex(of: UInt8(ascii: "]")) else {
        index = line.endIndex
        return []
      }
      defer { index = end + 1 }
      return line[(index + 1)..<end]
    default:
      index += 1
      return line[(index - 1)..<index]
    }
  }

  /// What stands between two equal signs after an escape, such as `'...'`.
  private func quoted(in line: ArraySlice<UInt8>, _ index: inout Int) -> ArraySlice<UInt8> {
    guard index < line.endIndex else { return [] }
    let start = index + 1
    guard let end = line[start...].firstIndex(of: line[index]) else {
      index = line.endIndex
      return []
    }
    index = end + 1
    return line[start..<end]
  }

  /// Steps over a size: `\s-1`, `\s10`, `\s+(12`, `\s[9]`, `\s'+1'`.
  private func skipSize(in line: ArraySlice<UInt8>, _ index: inout Int) {
    guard index < line.endIndex else { return }
    if line[index] == UInt8(ascii: "'") {
      _ = quoted(in: line, &index)
      return
    }
    let first = line[index]
    _ = name(in: line, &index)
    // Sizes of two digits begin with 1, 2 or 3.
    if (0x31...0x33).contains(first), index < line.endIndex, (0x30...0x39).contains(line[index]) {
      index += 1
    }
  }

  private static func character(_ name: ArraySlice<UInt8>) -> [UInt8] {
    let text = name.string
    if let known = RoffCharacters.all[text] { return Array(known.utf8) }
    // groff_char(7): `u00E9`, several joined by `_`; `charNNN`.
    guard text.hasPrefix("u") else { return [] }
    let scalars = text.dropFirst().split(separator: "_").compactMap {
      UInt32($0, radix: 16).flatMap(Unicode.Scalar.init)
    }
    var character = String.UnicodeScalarView()
    character.append(contentsOf: scalars.filter { $0.value >= 0x20 })
    return Array(String(character).utf8)
  }

  /// Strings that the macros define (groff_man(7), groff_mdoc(7), "Strings").
  private static let predefined = [
    "R": "®", "Tm": "™", "lq": "“", "rq": "”", "Lq": "“", "Rq": "”", "q": "\"", "L\"": "“", "R\"": "”",
    "C`": "", "C'": "", "--": "—", "PI": "π", "Aq": "'", "Le": "≤", "<=": "≤", "Ge": "≥", ">=": "≥",
    "Ne": "≠",
    "Pm": "±", "Ba": "|", "Am": "&", "Gt": ">", "Lt": "<",
  ]
}
