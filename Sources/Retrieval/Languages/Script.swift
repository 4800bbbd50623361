/// A writing system, as far as it tells languages apart.
package enum Script: Sendable, Hashable, CaseIterable {
  case latin, cyrillic, greek, hebrew, arabic, devanagari, bengali, tamil, thai, georgian, armenian
  /// Han characters, kana and hangul: a Japanese text may be all in Han characters, and a Korean one hold some.
  case eastAsian

  /// The script of a letter; nil for other characters and other scripts.
  package init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xAA, 0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x1E00...0x1EFF:
      self = .latin
    case 0x370...0x373, 0x376...0x377, 0x37B...0x37D, 0x386...0x3FF, 0x1F00...0x1FFF: self = .greek
    case 0x400...0x52F: self = .cyrillic
    case 0x531...0x556, 0x561...0x587: self = .armenian
    case 0x5D0...0x5EA: self = .hebrew
    case 0x620...0x64A, 0x66E...0x6D3, 0x750...0x77F: self = .arabic
    case 0x904...0x939, 0x958...0x961: self = .devanagari
    case 0x985...0x9B9: self = .bengali
    case 0xB85...0xBB9: self = .tamil
    case 0xE01...0xE2E: self = .thai
    case 0x10A0...0x10FF: self = .georgian
    case 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0x20000...0x2FA1F:
      self = .eastAsian
    default: return nil
    }
  }
}
