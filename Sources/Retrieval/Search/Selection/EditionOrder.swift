/// Puts what a newer edition of a document says before what an older one says in its place: of `Expense policy 2024` and
/// `Expense policy 2026` people mean the one that holds, unless they name the other.
struct EditionOrder {
  /// What is left of the score of a passage that a newer one replaces.
  private static let factor = 0.6
  /// The same of one that says itself that it holds no more.
  private static let withdrawnFactor = 0.25
  /// Part of the words besides numbers that two passages have in common before one replaces the other, and their fewest.
  private static let (share, fewest) = (0.75, 4)

  private let asked: Set<Int>
  private let question: TextPrint

  init(_ question: String) {
    asked = Set(Edition.numbers(in: question))
    self.question = TextPrint(question)
  }

  /// The passages by their scores, those that another one among them replaces with less than they had.
  ///
  /// - Parameter passages: best first.
  func ordered(_ passages: [Passage]) -> [Passage] {
    let editions = passages.map(Edition.init)
    var result = passages
    let withdrawn = passages.indices.filter { saysItIsWithdrawn(passages[$0]) }
    if withdrawn.count < passages.count {
      for index in withdrawn where result[index].score > 0 { result[index].score *= Self.withdrawnFactor }
    }
    // Most searches find no two editions of anything.
    if Set(editions.map(\.series)).count < passages.count
      || Set(editions.map(\.fileSeries)).count < passages.count
    {
      let prints = passages.map { TextPrint($0.text) }
      for old in passages.indices where passages[old].score > 0 {
        let isReplaced = passages.indices.contains { new in
          passages[new].documentID != passages[old].documentID && isOlder(editions[old], editions[new])
            && replaces(prints[new], prints[old])
        }
        if isReplaced { result[old].score *= Self.factor }
      }
    }
    guard result != passages else { return passages }
    return result.enumerated().sorted { (-$0.element.score, $0.offset) < (-$1.element.score, $1.offset) }
      .map(\.element)
  }

  /// Whether a passage stands under a title, or begins a document with a line, that says that it holds no more.
  private func saysItIsWithdrawn(_ passage: Passage) -> Bool {
    let opening = passage.ordinal == 0 ? passage.text.prefix { !$0.isNewline }.prefix(200) : ""
    let lines = [passage.title ?? "", String(opening)]
    return lines.contains { line in
      // Whoever names its year wants it.
      asked.isDisjoint(with: Edition.numbers(in: line))
        && Self.withdrawing.contains(where: line.lowercased().contains)
    }
  }

  private static let withdrawing = [
    "superseded by", "no longer valid", "ersetzt durch", "nicht mehr gültig", "außer kraft", "remplacé par",
    "remplacée par", "n'est plus valable",
  ]

  private func isOlder(_ old: Edition, _ new: Edition) -> Bool {
    guard let (own, other) = old.numbers(beside: new), own.lexicographicallyPrecedes(other) else {
      return false
    }
    // Whoever names the older one wants that.
    return asked.isDisjoint(with: Set(own).subtracting(other))
  }

  private func replaces(_ new: TextPrint, _ old: TextPrint) -> Bool {
    func plain(_ print: TextPrint) -> Int { print.words.count - print.numbers.count }
    let fewer = min(plain(new), plain(old))
    let common = TextPrint.common(new.words, old.words) - TextPrint.common(new.numbers, old.numbers)
    // A word of the question that only the older one holds may be what was asked for.
    return fewer >= Self.fewest && Double(common) >= Self.share * Double(fewer)
      && TextPrint.common(new.words, question.words) >= TextPrint.common(old.words, question.words)
  }
}

/// Which edition of a series a document is, by its title and by the name of its file.
struct Edition {
  /// The title with `#` for each number; for documents without one, their own identity.
  let series: String
  let fileSeries: String
  private let titleNumbers: [Int]
  private let fileNumbers: [Int]

  init(_ passage: Passage) {
    let name = passage.source.split(separator: "/").last.map(String.init) ?? passage.source
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    (fileSeries, fileNumbers) = Self.parts(of: stem)
    if let title = passage.title, !title.isEmpty {
      (series, titleNumbers) = Self.parts(of: title)
    } else {
      (series, titleNumbers) = (passage.source, [])
    }
  }

  /// The numbers that tell two documents of one series apart, where these are years or dates; nil for other documents.
  func numbers(beside other: Edition) -> (own: [Int], other: [Int])? {
    let pairs = [
      (series == other.series, titleNumbers, other.titleNumbers),
      (fileSeries == other.fileSeries, fileNumbers, other.fileNumbers),
    ]
    for (isSame, own, theirs) in pairs where isSame && own != theirs && own.count == theirs.count {
      let years = (own.filter(Self.isYear), theirs.filter(Self.isYear))
      if !years.0.isEmpty, years.0.count == years.1.count {
        if years.0 != years.1 { return years }
        // 2026-01-14
        if let first = own.first, Self.isYear(first) { return (own, theirs) }
      }
      return nil
    }
    return nil
  }

  private static func isYear(_ number: Int) -> Bool { (1990...2099).contains(number) }

  /// The numbers of a text in their order.
  static func numbers(in text: String) -> [Int] { parts(of: text).numbers }

  private static func parts(of text: String) -> (series: String, numbers: [Int]) {
    var series = ""
    var numbers: [Int] = []
    var digits = ""
    for character in text.lowercased() + " " {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      if !digits.isEmpty {
        series += "#"
        // Longer ones are no dates.
        numbers.append(Int(digits.prefix(9)) ?? 0)
        digits = ""
      }
      series.append(character == "_" || character == "-" ? " " : character)
    }
    return (Whitespace.collapsed(series), numbers)
  }
}
