/// What a code point does in the text around it.
enum ScalarClass: UInt8 {
  /// Ends a word.
  case separator
  /// Letter, digit or mark of a script that puts spaces between words.
  case word
  /// Character of a script without spaces: Han, kana, Hangul, Thai and its neighbours.
  case unspaced
  /// Belongs to the character before it, in a script without spaces.
  case unspacedMark
  /// Changes nothing about the word it stands in: accents, vowel points, soft hyphens, joiners.
  case ignored

  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    if Self.isIgnored(value) {
      self = .ignored
      return
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      self = Self.isUnspaced(value) ? .unspaced : .word
    case .decimalNumber, .letterNumber, .otherNumber, .privateUse:
      self = Self.isHan(value) ? .unspaced : .word
    case .nonspacingMark, .spacingMark:
      self = Self.isUnspaced(value) ? .unspacedMark : .word
    default:
      self = .separator
    }
  }

  private static func isIgnored(_ value: UInt32) -> Bool {
    switch value {
    case 0xAD, 0x300...0x36F, 0x483...0x487, 0x591...0x5BD, 0x5BF, 0x5C1...0x5C2, 0x5C4...0x5C5, 0x5C7,
      0x610...0x61A, 0x640, 0x64B...0x65F, 0x670, 0x6D6...0x6DC, 0x6DF...0x6E8, 0x6EA...0x6ED,
      0x1AB0...0x1AFF,
      0x1DC0...0x1DFF, 0x200C...0x200F, 0x2060, 0x20D0...0x20FF, 0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xFEFF,
      0xE0100...0xE01EF:
      true
    default: false
    }
  }

  private static func isHan(_ value: UInt32) -> Bool {
    switch value {
    case 0x3005...0x3007, 0x3021...0x3029: true
    default: false
    }
  }

  /// Blocks of Unicode's Blocks.txt.
  private static func isUnspaced(_ value: UInt32) -> Bool {
    switch value {
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1100...0x11FF, 0x1780...0x17FF, 0x2E80...0x2FDF, 0x3005...0x318F,
      0x31A0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA960...0xA97F, 0xA9E0...0xA9FF, 0xAA60...0xAA7F,
      0xAC00...0xD7FF, 0xF900...0xFAFF, 0xFF66...0xFFDC, 0x1B000...0x1B16F, 0x20000...0x3FFFF:
      true
    default: false
    }
  }
}
