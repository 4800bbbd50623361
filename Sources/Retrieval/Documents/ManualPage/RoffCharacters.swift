/// Characters with names (groff_char(7)), those that manual pages use.
enum RoffCharacters {
  static let all: [String: String] = {
    var characters = [
      "-": "-", "aq": "'", "dq": "\"", "rs": "\\", "hy": "-", "en": "–", "em": "—", "ti": "~", "ha": "^",
      "ga": "`",
      "bu": "•", "oq": "‘", "cq": "’", "lq": "“", "rq": "”", "Bq": "„", "bq": "‚", "Fo": "«", "Fc": "»",
      "fo": "‹",
      "fc": "›", "co": "©", "rg": "®", "tm": "™", "de": "°", "sc": "§", "ps": "¶", "dg": "†", "dd": "‡",
      "at": "@",
      "sh": "#", "Do": "$", "Eu": "€", "eu": "€", "Po": "£", "Ye": "¥", "ct": "¢", "ba": "|", "bv": "|",
      "br": "|",
      "lB": "[", "rB": "]", "lC": "{", "rC": "}", "la": "⟨", "ra": "⟩", "sl": "/", "ul": "_", "rn": "‾",
      "lh": "☜",
      "<-": "←", "->": "→", "<>": "↔", "ua": "↑", "da": "↓", "lA": "⇐", "rA": "⇒", "hA": "⇔", "<=": "≤",
      ">=": "≥",
      "!=": "≠", "==": "≡", "~=": "≅", "~~": "≈", "ap": "∼", "+-": "±", "mu": "×", "di": "÷", "pl": "+",
      "mi": "−",
      "eq": "=", "**": "∗", "if": "∞", "mo": "∈", "nm": "∉", "es": "∅", "fa": "∀", "te": "∃", "no": "¬",
      "AN": "∧",
      "OR": "∨", "sr": "√", "pd": "∂", "gr": "∇", "is": "∫", "sb": "⊂", "sp": "⊃", "ib": "⊆", "ip": "⊇",
      "cu": "∪",
      "ca": "∩", "md": "·", "pc": "·", "12": "½", "14": "¼", "34": "¾", "S1": "¹", "S2": "²", "S3": "³",
      "mc": "µ",
      "Of": "ª", "Om": "º", "r!": "¡", "r?": "¿", "ss": "ß", "AE": "Æ", "ae": "æ", "OE": "Œ", "oe": "œ",
      "/O": "Ø",
      "/o": "ø", "/L": "Ł", "/l": "ł", "-D": "Ð", "Sd": "ð", "TP": "Þ", "Tp": "þ", "ff": "ff", "fi": "fi",
      "fl": "fl",
      "Fi": "ffi", "Fl": "ffl", ".i": "ı", "CR": "↵", "OK": "✓", "sq": "□", "ci": "○", "lz": "◊", "pp": "⊥",
      "fm": "′",
      "sd": "″", "aa": "´", "ad": "¨", "a~": "~", "a^": "^", "ac": "¸", "vc": "ˇ", "%0": "‰", "f/": "⁄",
      "_": "_",
    ]
    // Letters with accents: the accent's sign, then the letter.
    for (sign, mark) in [
      ("'", "\u{301}"), ("`", "\u{300}"), ("^", "\u{302}"), ("~", "\u{303}"), (":", "\u{308}"),
      (",", "\u{327}"),
      ("o", "\u{30A}"), ("v", "\u{30C}"),
    ] {
      for letter in "AEIOUYaeiouycCnNsSzZ" where sign != "o" || letter == "a" || letter == "A" {
        characters[sign + String(letter)] = composed(letter, mark)
      }
    }
    let greek = zip(
      [
        "a", "b", "g", "d", "e", "z", "y", "h", "i", "k", "l", "m", "n", "c", "o", "p", "r", "s", "t", "u",
        "f", "x", "q", "w",
      ],
      "αβγδεζηθικλμνξοπρστυφχψω")
    for (name, letter) in greek {
      characters["*" + name] = String(letter)
      characters["*" + name.uppercased()] = letter.uppercased()
    }
    return characters
  }()

  /// Letter and accent as one scalar, where there is one.
  private static func composed(_ letter: Character, _ mark: String) -> String {
    let pair = String(letter) + mark
    for value in (0xC0 as UInt32)...0x17F {
      if let scalar = Unicode.Scalar(value), String(Character(scalar)) == pair {
        return String(Character(scalar))
      }
    }
    return pair
  }
}
