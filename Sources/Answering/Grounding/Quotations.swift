/// Quotations in a text that comes in pieces: text of several words between quotation marks, which is held back until
/// its end is known and then compared with the sources.
struct Quotations {
  /// What was given as a quotation and is in none of the texts, without its marks.
  private(set) var misquoted: [String] = []
  private var held = ""
  private var last: Character?
  /// Whether quotations that are none lose their marks.
  private let removesMarks: Bool
  /// What may be quoted: as it is, and plain once something was quoted, which most answers never do.
  private var texts: [String]
  private var plainTexts: [String] = []

  /// Fewer words are a name or a turn of phrase.
  private static let fewestWords = 4
  /// Characters after which an opening mark is taken for something else, such as inches.
  private static let longest = 600

  /// - Parameter texts: what may be quoted, the question included: what it quotes need not come from a source.
  init(from texts: [String], removesMarks: Bool) {
    self.texts = texts
    self.removesMarks = removesMarks
  }

  mutating func add(texts more: [String]) { texts += more }

  /// What is known now of the text after `piece`.
  mutating func add(_ piece: String) -> String {
    var shown = ""
    for character in piece {
      if held.isEmpty {
        if Self.opens(character, after: last) { held = String(character) } else { shown.append(character) }
      } else {
        held.append(character)
        if Self.closes(character, held) {
          shown += checked()
        } else if character.isNewline || held.count > Self.longest {
          shown += held
          held = ""
        }
      }
      last = character
    }
    return shown
  }

  /// The rest, which lacks its end.
  mutating func finish() -> String {
    defer { held = "" }
    return held
  }

  /// The complete quotation that is held, with its marks only if it is one.
  private mutating func checked() -> String {
    defer { held = "" }
    let inside = String(held.dropFirst().dropLast())
    guard Words.of(inside).count >= Self.fewestWords, !isHeld(inside) else { return held }
    misquoted.append(inside)
    return removesMarks ? inside : held
  }

  /// Whether one text holds all parts of a quotation, in order; what is left out or put in brackets divides them.
  private mutating func isHeld(_ quotation: String) -> Bool {
    plainTexts += texts[plainTexts.count...].map(Self.plain)
    let parts = Self.parts(quotation).map { Self.plain($0).trimming(while: Self.isEdge) }.filter {
      !$0.isEmpty
    }
    return plainTexts.contains { text in
      var rest = text[...]
      return parts.allSatisfy { part in
        guard let range = rest.firstRange(of: part) else { return false }
        rest = rest[range.upperBound...]
        return true
      }
    }
  }

  private static func parts(_ quotation: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in quotation.replacing("...", with: "…") {
      switch character {
      case "[":
        depth += 1
        if depth == 1 { parts.append("") }
      case "]" where depth > 0: depth -= 1
      case "…" where depth == 0: parts.append("")
      default: if depth == 0 { parts[parts.count - 1].append(character) }
      }
    }
    return parts
  }

  /// Lower case, one space in place of white space, one kind of quotation mark and hyphen, without the signs of
  /// Markdown's emphasis.
  private static func plain(_ text: String) -> String {
    var plain = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "*", "`", "\u{AD}": continue
      case "“", "”", "„", "«", "»": plain.append("\"")
      case "‘", "’", "‚": plain.append("'")
      case "‹": plain.append("<")
      case "‐", "‑", "‒", "–", "—": plain.append("-")
      default:
        if !scalar.properties.isWhitespace {
          plain.unicodeScalars.append(scalar)
        } else if plain.last != " " {
          plain.append(" ")
        }
      }
    }
    return plain.lowercased()
  }

  /// Whether a quotation may have at its ends what the source has not.
  private static func isEdge(_ character: Character) -> Bool {
    character.isWhitespace || ".,;:!?'\"".contains(character)
  }

  private static func opens(_ character: Character, after last: Character?) -> Bool {
    switch character {
    case "“", "«", "„": true
    case "\"": last.map { $0.isWhitespace || "([—–*".contains($0) } ?? true
    default: false
    }
  }

  private static func closes(_ character: Character, _ held: String) -> Bool {
    switch held.first {
    case "“": character == "”"
    case "«": character == "»"
    case "„": character == "“" || character == "”"
    default: character == "\""
    }
  }
}
