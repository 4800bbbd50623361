/// A piece of an RTF file (Rich Text Format 1.9.1, "RTF syntax").
enum RTFToken: Equatable {
  case open, close
  /// A control word with its parameter, such as `\u8364`.
  case word(String, Int?)
  /// A control symbol, such as `\~`.
  case symbol(UInt8)
  /// A byte written as `\'e9`.
  case byte(UInt8)
  case text(ArraySlice<UInt8>)
}

/// Divides an RTF file into tokens.
struct RTFTokens: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func next() -> RTFToken? {
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "{"):
        rest.removeFirst()
        return .open
      case UInt8(ascii: "}"):
        rest.removeFirst()
        return .close
      case UInt8(ascii: "\\"):
        rest.removeFirst()
        if let token = control() { return token }
      case 0x0A, 0x0D, 0:
        rest.removeFirst()
      default:
        let text = rest.prefix { ![0x7B, 0x7D, 0x5C, 0x0A, 0x0D, 0].contains($0) }
        rest = rest[text.endIndex...]
        return .text(text)
      }
    }
    return nil
  }

  private mutating func control() -> RTFToken? {
    guard let first = rest.first else { return nil }
    guard Self.isLetter(first) else {
      rest.removeFirst()
      guard first == UInt8(ascii: "'") else {
        // A line end after a backslash ends a paragraph.
        return first == 0x0A || first == 0x0D ? .word("par", nil) : .symbol(first)
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, let value = UInt8(digits.string, radix: 16) else { return nil }
      rest = rest.dropFirst(2)
      return .byte(value)
    }
    let name = rest.prefix { Self.isLetter($0) }.prefix(32)
    rest = rest[name.endIndex...]
    var digits = rest.first == UInt8(ascii: "-") ? rest.prefix(1) : rest.prefix(0)
    let numbers = rest.dropFirst(digits.count).prefix { (0x30...0x39).contains($0) }
    if !numbers.isEmpty {
      digits = rest[rest.startIndex..<numbers.endIndex]
      rest = rest[numbers.endIndex...]
    } else {
      digits = []
    }
    if rest.first == .space { rest.removeFirst() }
    let parameter = digits.isEmpty ? nil : Int(digits.string) ?? 0
    if name.elementsEqual("bin".utf8), let count = parameter, count > 0 {
      rest = rest.dropFirst(count)
      return nil
    }
    return .word(name.string, parameter)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
