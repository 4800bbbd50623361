/// Tells records of changes (change logs, release notes) from documents that say how things are. They name everything in
/// few words, so that searches find them first, and answer little but what became different, and when.
package struct ChangeRecord: Sendable {
  /// What the fused score of a passage of such a record is multiplied with, and what a reranker's is.
  static let factor = 0.65
  static let rerankedFactor = 0.9

  /// Whether the question asks for what such a record says.
  package let isAsked: Bool

  package init(_ question: String) {
    let words = question.lowercased().split { !($0.isLetter || $0.isNumber || ".#-'’".contains($0)) }
    let plain = words.map { word in
      String(word.drop { $0 == "." }.prefix { $0 != "'" && $0 != "’" && $0 != "." })
    }
    // Who wants to do something may want something new, or to have something fixed.
    let own = Self.asksHowTo(plain) ? Self.asking : Self.asking.union(Self.changing)
    isAsked = plain.contains(where: own.contains) || words.contains(where: Self.isNumbered)
  }

  /// "How do I …", "How can you …", "How to …", "Can I …", "Should we …".
  private static func asksHowTo(_ words: [String]) -> Bool {
    let people: Set<String> = ["i", "we", "you", "one", "to"]
    return words.indices.contains { index in
      let rest = words[index...]
      if rest.first == "how" { return rest.dropFirst().prefix(2).contains(where: people.contains) }
      return index == 0 && Self.auxiliaries.contains(words[0])
        && rest.dropFirst().first.map(people.contains) == true
    }
  }

  /// Whether the passage is part of a record that nobody asked for.
  package func isMisplaced(_ passage: Passage) -> Bool { !isAsked && Self.holds(passage) }

  /// Reranked passages, best first, those of records further back.
  func puttingBack(_ passages: [Passage]) -> [Passage] {
    var passages = passages
    for index in passages.indices where isMisplaced(passages[index]) {
      passages[index].score *= Self.rerankedFactor
    }
    return passages.enumerated()
      .sorted { (-$0.element.score, $0.offset) < (-$1.element.score, $1.offset) }.map(\.element)
  }

  /// A version (3.2), the number of a report (#4711) or of a weakness (CVE-2024-3094).
  private static func isNumbered(_ word: Substring) -> Bool {
    if word.first == "#" || word.hasPrefix("cve-") { return true }
    return zip(word, word.dropFirst()).contains { $0.isNumber && $1 == "." } && word.last?.isNumber == true
  }

  /// Whether a passage is part of such a record, by its document's name and title and the headings above it.
  static func holds(_ passage: Passage) -> Bool {
    isRecord(file: passage.document) || passage.title.map { isRecord(title: $0) } == true
      || passage.headingPath.contains { isRecord(heading: $0) || $0 != passage.title && isRelease($0) }
  }

  /// By names that projects give these files: `CHANGELOG.md`, `changelog.Debian.gz`, `NEWS`, `release-notes.html`.
  private static func isRecord(file name: String) -> Bool {
    guard mayBegin(FileName.lastComponent(name).utf8) else { return false }
    let stem = FileName.lastComponent(name).prefix { $0 != "." }
    if ["NEWS", "HISTORY"].contains(stem) { return true }
    let plain = letters(of: stem.utf8)
    return names.contains(plain) || plain.hasPrefix("changelog") || plain.hasPrefix("releasenote")
      || plain.hasPrefix("whatsnew")
  }

  /// - Parameter title: may end in the site's name: `Changes — Flask Documentation`.
  private static func isRecord(title: String) -> Bool {
    guard mayBegin(title.utf8) else { return false }
    let end = [" — ", " – ", " - ", " | "].compactMap { title.firstRange(of: $0)?.lowerBound }.min()
    let own = title[..<(end ?? title.endIndex)]
    return names.contains(letters(of: own.utf8)) || isRecord(heading: String(own))
  }

  private static func isRecord(heading: String) -> Bool {
    guard mayBegin(heading.utf8) else { return false }
    let plain = letters(of: heading.utf8, withSpaces: true)
    return openings.contains(where: plain.hasPrefix)
  }

  /// Whether the first letter of ASCII is one that names of records begin with. Every passage that a search reads is asked,
  /// and this tells most of them for a few bytes.
  private static func mayBegin(_ text: some Sequence<UInt8>) -> Bool {
    text.first { isLetter($0) }.map { initials.contains($0 | 0x20) } ?? false
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// The letters of ASCII, small ones.
  private static func letters(of text: some Sequence<UInt8>, withSpaces: Bool = false) -> String {
    let space = UInt8(ascii: " ")
    return String(
      decoding: text.compactMap { isLetter($0) ? $0 | 0x20 : withSpaces && $0 == space ? space : nil },
      as: UTF8.self)
  }

  /// Whether what follows came with a version. The title of a manual may name the one that it is for.
  private static func isRelease(_ heading: String) -> Bool {
    ReleaseLine(Array(heading.utf8)[...])?.isCertain == true
  }

  /// Of the names and openings below, of NEWS and of HISTORY.
  private static let initials = Set("chnrvw".utf8)
  private static let names: Set<String> = ["changes", "changelog", "releases", "releasenotes", "whatsnew"]
  private static let openings = [
    "changelog", "change log", "release notes", "release history", "version history", "revision history",
    "whats new",
  ]
  private static let asking: Set<String> = [
    "changes", "changed", "changelog", "news", "introduced", "deprecated", "since", "version", "versions",
    "release", "releases", "released", "history", "latest", "previously", "earlier", "formerly", "longer",
  ]
  private static let auxiliaries: Set<String> = ["do", "can", "could", "should", "must", "would", "may"]
  /// Words that ask for it as well, but not where somebody wants to do something.
  private static let changing: Set<String> = [
    "change", "new", "added", "removed", "dropped", "renamed", "replaced", "fixed", "fixes", "fix", "bug",
    "bugs", "previous", "still",
  ]
}
