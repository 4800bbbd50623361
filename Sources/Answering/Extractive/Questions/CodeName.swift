/// A name that code has for something, as a text writes it: `url_for`, `max-cache-size`, `flask.Response`, `jsonify()`,
/// `toString`.
struct CodeName: Sendable, Equatable {
  /// Without quotes around it and brackets behind it.
  let text: String
  /// Its parts in lower case.
  let words: [String]

  /// Nil for a word of prose.
  ///
  /// - Parameter token: characters without white space between them.
  init?(_ token: String) {
    var bare = token.drop { "`'\"“(‘".contains($0) }
    while let last = bare.last, "`'\"”)’?.,;:!()".contains(last) { bare = bare.dropLast() }
    guard let first = bare.first, first.isLetter || first == "_",
      bare.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) || "_-.:".contains($0) })
    else { return nil }
    let isCalled = token.contains("()")
    let parts = bare.split { "_-.:".contains($0) }
    let holdsCapital = zip(bare, bare.dropFirst()).contains { $0.isLowercase && $1.isUppercase }
    guard parts.count > 1 || isCalled || holdsCapital else { return nil }
    text = String(bare)
    words = Words.of(text)
  }

  /// The part after the last dot, which may be all that its entry names.
  var own: String { text.split { ".:".contains($0) }.last.map(String.init) ?? text }

  static func all(in text: String) -> [CodeName] { Words.spaced(text).compactMap { CodeName($0) } }
}
