import Retrieval

/// What a statement needs beside it to be understood.
extension Statement {
  /// Whether it points to the statement before it: with its first word, as the second half of what a block parts, or as an
  /// objection.
  var pointsBack: Bool {
    guard kind == .sentence else { return false }
    guard let first = Words.of(String(text.prefix(40))).first else { return false }
    return goesOn || Self.pointing.contains(first) || Self.objecting.contains(first)
  }

  /// Whether it goes on with the sentence that code or a formula before it has parted.
  ///
  /// - Parameter previous: the statement before it.
  func goesOn(after previous: Statement) -> Bool {
    kind == .sentence && text.first?.isLowercase == true
      && (previous.kind == .code || previous.breaksOff)
      && Words.of(String(text.prefix(40))).first.map {
        Words.isCommon($0) || Self.conjunctions.contains($0)
      } == true
  }

  /// Whether it ends in the middle of a sentence, which a block behind it finishes: "The step is".
  var breaksOff: Bool {
    guard kind == .sentence, !isCut, text.last?.isLetter == true else { return false }
    return Words.of(String(text.suffix(20))).last.map(Self.unfinished.contains) ?? false
  }

  /// Whether it says nothing but where to read on: "See chapter 4 for …", "For more details, see …".
  var refersElsewhere: Bool {
    guard kind == .sentence || kind == .item else { return false }
    let words = Words.of(text)
    guard let first = words.first else { return false }
    if ["see", "refer"].contains(first) { return true }
    return first == "for" && words.contains("see") && words.prefix(4).contains(where: Self.details.contains)
  }

  /// Whether words only say that something is described: "This chapter shows …", "I describe how to …".
  static func announces(_ words: [String]) -> Bool {
    for (index, word) in words.enumerated() {
      let next = words[(index + 1)...].prefix(2)
      if describing.contains(word), next.elementsEqual(["how", "to"]) { return true }
      if word == "this", next.first.map(texts.contains) == true,
        words[(index + 2)...].prefix(3).contains(where: describing.contains)
      {
        return true
      }
    }
    return false
  }

  private static let describing: Set<String> = [
    "describe", "describes", "described", "explain", "explains", "explained", "show", "shows", "shown",
    "discuss", "discusses", "demonstrate", "demonstrates", "cover", "covers", "learn", "introduces",
  ]
  private static let texts: Set<String> = [
    "paper", "chapter", "section", "document", "article", "page", "tutorial", "guide", "howto", "manual",
  ]
  private static let pointing: Set<String> = [
    "this", "these", "that", "thats", "those", "it", "its", "they", "them", "their", "he", "she", "his",
    "her", "such",
    "both", "thus", "therefore", "hence", "otherwise", "instead", "then",
  ]
  private static let objecting: Set<String> = ["however", "but", "and", "so", "or", "yet", "nevertheless"]
  private static let conjunctions: Set<String> = [
    "since", "because", "although", "whereas", "unless", "until", "after", "before", "like", "without",
  ]
  private static let unfinished: Set<String> = [
    "is", "are", "was", "were", "be", "of", "to", "the", "a", "an", "by", "with", "from", "and", "or", "as",
    "that", "which", "where", "gives", "becomes", "in", "for", "into", "than", "equals", "following",
  ]
  private static let details: Set<String> = [
    "information", "details", "detail", "more", "further", "example", "examples", "description",
  ]
}
