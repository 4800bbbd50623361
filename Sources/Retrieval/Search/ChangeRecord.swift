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
    isAsked = words.contains { word in
      Self.asking.contains(String(word.drop { $0 == "." }.prefix { $0 != "'" && $0 != "’" && $0 != "." }))
        || Self.isNumbered(word)
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
    let stem = FileName.lastComponent(name).prefix { $0 != "." }
    if ["NEWS", "HISTORY"].contains(stem) { return true }
    let plain = stem.lowercased().filter { $0.isLetter }
    return names.contains(plain) || plain.hasPrefix("changelog") || plain.hasPrefix("releasenote")
      || plain.hasPrefix("whatsnew")
  }

  /// - Parameter title: may end in the site's name: `Changes — Flask Documentation`.
  private static func isRecord(title: String) -> Bool {
    var own = title[...]
    for dash in [" — ", " – ", " - ", " | "] {
      if let range = own.firstRange(of: dash) { own = own[..<range.lowerBound] }
    }
    return names.contains(own.lowercased().filter(\.isLetter)) || isRecord(heading: String(own))
  }

  private static func isRecord(heading: String) -> Bool {
    let plain = heading.lowercased().filter { $0.isLetter || $0 == " " }
    return openings.contains(where: plain.hasPrefix)
  }

  /// Whether what follows came with a version. The title of a manual may name the one that it is for.
  private static func isRelease(_ heading: String) -> Bool {
    ReleaseLine(Array(heading.utf8)[...])?.isCertain == true
  }

  private static let names: Set<String> = ["changes", "changelog", "releases", "releasenotes", "whatsnew"]
  private static let openings = [
    "changelog", "change log", "release notes", "release history", "version history", "revision history",
    "whats new",
  ]
  private static let asking: Set<String> = [
    "change", "changes", "changed", "changelog", "new", "news", "added", "removed", "introduced",
    "deprecated",
    "dropped", "renamed", "replaced", "fixed", "fixes", "fix", "bug", "bugs", "since", "version", "versions",
    "release", "releases", "released", "history", "latest", "previous", "previously", "earlier", "formerly",
    "longer", "still",
  ]
}
