/// What of a text can be looked up in another one: its content words, numbers and names, and whether it denies.
struct Facts: Sendable, Equatable {
  /// Stems of the words that mean something, in order of appearance, each once.
  let stems: [String]
  /// Numbers in one form: `1,000` is `1000`, `two` is `2`, `3.50` is `3.5`.
  let numbers: Set<String>
  /// Stems of words that are written like names: capital letters within the sentence, abbreviations, identifiers.
  let names: Set<String>
  /// Words that deny.
  let denials: Int

  init(_ text: String) {
    var seen: Set<String> = []
    let words = Words.of(text)
    stems = words.filter { word in
      !Words.isCommon(word) && !Self.denying.contains(word) && word.contains { $0.isLetter }
    }.map(Words.stem).filter { seen.insert($0).inserted }
    denials = words.count { Self.denying.contains($0) }
    var numbers = Self.digits(text)
    for word in words { if let number = NumberWords.english[word] { numbers.insert(String(number)) } }
    self.numbers = numbers
    names = Self.names(text)
  }

  /// Numbers written in digits.
  private static func digits(_ text: String) -> Set<String> {
    var numbers: Set<String> = []
    let utf8 = Array(text.utf8)
    func isDigit(_ position: Int) -> Bool {
      position < utf8.count && utf8[position] >= 0x30 && utf8[position] <= 0x39
    }
    var position = 0
    while position < utf8.count {
      guard isDigit(position) else {
        position += 1
        continue
      }
      var whole = ""
      var fraction: String?
      while position < utf8.count {
        if isDigit(position) {
          let digit = String(UnicodeScalar(utf8[position]))
          if fraction == nil { whole += digit } else { fraction? += digit }
        } else if utf8[position] == UInt8(ascii: ","), fraction == nil, isDigit(position + 1),
          isDigit(position + 2), isDigit(position + 3), !isDigit(position + 4)
        {
          // Separates thousands.
        } else if utf8[position] == UInt8(ascii: "."), fraction == nil, isDigit(position + 1) {
          fraction = ""
        } else {
          break
        }
        position += 1
      }
      numbers.insert(Numeral.plain(whole, fraction: fraction ?? ""))
      if fraction == nil, let end = endOfRange(whole, utf8[position...]) { numbers.insert(end) }
    }
    return numbers
  }

  /// The year that a range ends with whose first digits are those of its beginning: 1647 of "1646–7".
  private static func endOfRange(_ start: String, _ rest: ArraySlice<UInt8>) -> String? {
    guard start.utf8.count == 4 else { return nil }
    let dash = [Array("-".utf8), Array("–".utf8)].first { rest.starts(with: $0) }
    guard let dash else { return nil }
    let digits = rest.dropFirst(dash.count).prefix { (0x30...0x39).contains($0) }
    let next = rest.dropFirst(dash.count + digits.count).first
    // "2024-06-11" is a day.
    guard (1...2).contains(digits.count), !(next.map("-/:".utf8.contains) ?? false) else { return nil }
    let end = String(start.dropLast(digits.count)) + String(decoding: digits, as: UTF8.self)
    return end > start ? end : nil
  }

  private static func names(_ text: String) -> Set<String> {
    var names: Set<String> = []
    var begins = true
    for token in Words.spaced(text) {
      let letters = token.drop { !$0.isLetter && !$0.isNumber }
      let isUpper = letters.first?.isUppercase ?? false
      let more = letters.dropFirst()
      let isIdentifier =
        more.contains { $0.isUppercase } || (more.contains("_") && more.contains { $0.isLetter })
      if isIdentifier || (isUpper && !begins) {
        for word in Words.of(String(letters)) where !Words.isCommon(word) && word.contains(where: \.isLetter)
        {
          names.insert(Words.stem(word))
        }
      }
      begins = token.last.map { ".!?:\"“(".contains($0) } ?? false
    }
    return names
  }

  private static let denying: Set<String> = [
    "not", "no", "never", "none", "neither", "nor", "without", "cannot", "cant", "dont", "doesnt", "didnt",
    "isnt", "arent", "wasnt", "werent", "wont", "wouldnt", "couldnt", "shouldnt", "hasnt", "havent", "hadnt",
    "nothing", "nobody", "nowhere", "unable", "lack", "lacks", "lacked", "lacking", "fail", "fails", "failed",
  ]
}
