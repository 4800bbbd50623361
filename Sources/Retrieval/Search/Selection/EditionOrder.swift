/// Puts what a newer edition of a document says before what an older one says in its place: of `Expense policy 2024` and
/// `Expense policy 2026` people mean the one that holds, unless they name the other.
struct EditionOrder {
  /// What is left of the score of a passage that a newer one replaces.
  private static let factor = 0.6
  /// The same of one that says itself that it holds no more.
  private static let withdrawnFactor = 0.25
  /// Part of the words besides numbers that two passages have in common before one replaces the other, and their fewest.
  private static let (share, fewest) = (0.75, 4)

  /// Bytes of a line that are looked at.
  private static let longestLine = 200

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
    var result = passages
    let withdrawn = passages.indices.filter { saysItIsWithdrawn(passages[$0]) }
    if withdrawn.count < passages.count {
      for index in withdrawn where result[index].score > 0 { result[index].score *= Self.withdrawnFactor }
    }
    // Most searches find no two editions of anything.
    let dated = passages.indices.filter { Edition.isDated(passages[$0]) }
    if dated.count > 1 {
      let editions = dated.map { (index: $0, edition: Edition(passages[$0])) }
      var prints: [Int: TextPrint] = [:]
      func words(of index: Int) -> TextPrint {
        let known = prints[index] ?? TextPrint(passages[index].text)
        prints[index] = known
        return known
      }
      for (old, edition) in editions where passages[old].score > 0 {
        let isReplaced = editions.contains { new, other in
          passages[new].documentID != passages[old].documentID && isOlder(edition, other)
            && replaces(words(of: new), words(of: old))
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
    var lines = [Substring(passage.title ?? "")]
    if passage.ordinal == 0 {
      let text = passage.text
      lines.append(text[..<(text.utf8.firstIndex(of: .lineFeed) ?? text.endIndex)])
    }
    return lines.contains { line in
      // Whoever names its year wants it.
      Self.tellsWithdrawal(line.utf8.prefix(Self.longestLine))
        && asked.isDisjoint(with: Edition.numbers(in: line))
    }
  }

  private static func tellsWithdrawal(_ line: some Sequence<UInt8>) -> Bool {
    let bytes = line.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return bytes.indices.contains { start in
      initials.contains(bytes[start]) && withdrawing.contains { bytes[start...].starts(with: $0) }
    }
  }

  private static let withdrawing = [
    "superseded by", "no longer valid", "ersetzt durch", "nicht mehr gültig", "außer kraft", "remplacé par",
    "remplacée par", "n'est plus valable",
  ].map { Array($0.utf8) }
  private static let initials = Set(withdrawing.compactMap(\.first))

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
    let name = FileName.lastComponent(passage.source)
    (fileSeries, fileNumbers) = Self.parts(of: name.lastIndex(of: ".").map { name[..<$0] } ?? name)
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

  /// Whether a document's title or the name of its file may hold a year.
  static func isDated(_ passage: Passage) -> Bool {
    holdsFourDigits(passage.title ?? "") || holdsFourDigits(FileName.lastComponent(passage.source))
  }

  private static func holdsFourDigits(_ text: some StringProtocol) -> Bool {
    text.utf8.count { (0x30...0x39).contains($0) } > 3
  }

  private static func isYear(_ number: Int) -> Bool { (1990...2099).contains(number) }

  /// The numbers of a text in their order.
  static func numbers(in text: some StringProtocol) -> [Int] { parts(of: text).numbers }

  private static func parts(of text: some StringProtocol) -> (series: String, numbers: [Int]) {
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
