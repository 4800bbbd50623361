/// Headings without which what stands below them would be taken for its opposite: below "Removed" a list of changes says
/// "Support for PostgreSQL 11".
enum Caveat {
  /// Most words of such a heading.
  private static let wordLimit = 5

  /// The heading without the signs that Markdown's begin with; nil for one that takes nothing back.
  static func heading(_ line: String) -> String? {
    let heading = String(line.drop { $0 == "#" }).trimmed
    let words = Array(TitleNumber.removed(from: Words.of(heading)))
    guard let first = words.first, let last = words.last, words.count <= wordLimit else { return nil }
    let takesBack =
      participles.contains(first) || participles.contains(last) || words.contains(where: nouns.contains)
      || phrases.contains { words.starts(with: $0) }
    return takesBack ? heading : nil
  }

  /// They begin or end a heading; elsewhere they speak of something ("Restoring deleted files").
  private static let participles: Set<String> = [
    "removed", "deprecated", "unsupported", "excluded", "cancelled", "canceled", "discontinued", "rejected",
    "withdrawn", "prohibited", "forbidden", "obsolete", "dropped", "retired", "postponed", "unavailable",
  ]
  private static let nouns: Set<String> = ["removals", "deprecations", "exclusions", "nongoals"]
  private static let phrases: [[String]] = [
    ["not", "supported"], ["not", "included"], ["not", "covered"], ["not", "allowed"], ["not", "available"],
    ["not", "planned"], ["not", "implemented"], ["not", "yet"], ["no", "longer"], ["out", "of", "scope"],
    ["non", "goals"], ["what", "is", "not"], ["known", "issues"], ["known", "bugs"], ["known", "problems"],
    ["known", "limitations"], ["limitations"], ["dont"], ["donts"], ["do", "not"], ["wont"],
  ]
}
