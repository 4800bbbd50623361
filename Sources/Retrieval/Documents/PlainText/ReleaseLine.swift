/// A line that names a version, above what came with it: `Changes in version 1.22:`, `v2.1.0 - 2024-05-01`,
/// `* Changes in 2.36`, `bash (5.2.15-2) unstable; urgency=medium`. Nothing else may stand in it.
package struct ReleaseLine {
  /// The line without the marker of an item before it and the colon behind it.
  let title: ArraySlice<UInt8>
  /// Whether the line says that the number is a version's, or gives its date; `zap 1.22` may be anything.
  let isCertain: Bool
  let isDated: Bool
  /// Whether it is that of a Debian package, which nothing else looks like.
  let isDebian: Bool

  /// Longest such line, in bytes.
  private static let longest = 100

  /// Nil for any other line.
  package init?(_ line: ArraySlice<UInt8>) {
    var line = line.trimmedSpace
    guard (3...Self.longest).contains(line.count), line.contains(where: \.isASCIIDigit) else { return nil }
    if line.starts(with: "* ".utf8) { line = line.dropFirst(2).trimmedSpace }
    if line.last == UInt8(ascii: ":") { line = line.dropLast().trimmedSpace }
    title = line
    let text = String(decoding: line, as: UTF8.self)
    isDebian = Self.isDebian(text)
    if isDebian {
      (isCertain, isDated) = (true, false)
      return
    }
    var words = text.split(separator: " ")[...]
    var saysSo = false
    var last = ""
    func skipLead() {
      while let word = words.first?.lowercased(), Self.lead.contains(word) || Self.naming.contains(word) {
        saysSo = saysSo || Self.naming.contains(word)
        last = word
        words = words.dropFirst()
      }
    }
    skipLead()
    if let name = words.first, Version(name, isSaid: Self.numbered.contains(last)) == nil, Self.isName(name) {
      words = words.dropFirst()
      skipLead()
    }
    guard let word = words.first, let version = Version(word, isSaid: Self.numbered.contains(last)),
      let tail = Tail(words.dropFirst())
    else { return nil }
    isDated = tail.holdsDate
    isCertain = saysSo || version.isMarked || isDated
  }

  /// Words before a version that say what it is.
  private static let naming: Set<String> = [
    "version", "release", "changes", "noteworthy", "news", "new", "what's", "what’s",
    "highlights",
  ]
  /// Those after which a number without a dot is one.
  private static let numbered: Set<String> = ["version", "release"]
  private static let lead: Set<String> = [
    "in", "for", "of", "the", "and", "user-visible", "visible", "major", "minor", "important", "features",
    "bug", "fixes", "fixed", "improvements", "released", "notes", "list",
  ]

  /// What is numbered in texts and is no program.
  private static let parts: Set<String> = [
    "figure", "fig.", "table", "section", "example", "listing", "equation", "step", "rule", "theorem",
    "lemma",
    "clause", "article", "page", "item", "exercise", "no.",
  ]

  /// A program's: one word of letters, digits and few signs.
  private static func isName(_ word: Substring) -> Bool {
    word.first?.isLetter == true && !parts.contains(word.lowercased())
      && word.allSatisfy { $0.isLetter || $0.isNumber || "+-_.".contains($0) }
  }

  /// `bash (5.2.15-2) unstable; urgency=medium`, as deb-changelog(5) has it.
  private static func isDebian(_ text: String) -> Bool {
    let parts = text.split(separator: ";", maxSplits: 1)
    guard parts.count == 2, parts[1].contains("=") else { return false }
    let words = parts[0].split(separator: " ")
    guard words.count >= 3, isName(words[0]), words[1].first == "(", words[1].last == ")" else {
      return false
    }
    return words[1].dropFirst().first?.isNumber == true && words.dropFirst(2).allSatisfy(isName)
  }
}

/// The number of a version.
private struct Version {
  /// Whether a `v` or brackets mark it: `v1.2`, `[1.2]`.
  let isMarked: Bool

  /// - Parameter isSaid: whether the word before it says that it is one, so that `3` may be.
  init?(_ word: Substring, isSaid: Bool) {
    var word = word
    if let last = word.last, ":,".contains(last) { word = word.dropLast() }
    let isBracketed = word.first == "[" && word.last == "]"
    if isBracketed { word = word.dropFirst().dropLast() }
    let hasLetter = word.first == "v" || word.first == "V"
    if hasLetter { word = word.dropFirst() }
    if word.first?.isLetter == true {
      // `bash-5.2`.
      guard
        let dash = word.indices.first(where: {
          word[$0] == "-" && word[$0...].dropFirst().first?.isNumber == true
        })
      else { return nil }
      word = word[dash...].dropFirst()
    }
    let isPlain = word.utf8.allSatisfy { $0.isASCIIAlphanumeric || ".-+~_".utf8.contains($0) }
    guard isPlain, word.count <= 24, word.first?.isNumber == true, let last = word.last,
      last.isLetter || last.isNumber
    else { return nil }
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    guard parts.count > 1 ? parts[1].first?.isNumber == true : isSaid || hasLetter else { return nil }
    // 13.05.2025 is a day.
    guard parts.count != 3 || parts[2].count != 4 || parts[0].count > 2 else { return nil }
    isMarked = hasLetter || isBracketed
  }
}

/// What may follow a version on its line: a date, a remark in brackets, a word on its state.
private struct Tail {
  private(set) var holdsDate = false

  init?(_ words: ArraySlice<Substring>) {
    var holdsMonth = false
    var holdsYear = false
    var closing: Character?
    var names = 0
    for word in words {
      let bare = word.drop { "([,".contains($0) }
      let core = bare.prefix { !")],:".contains($0) }
      if Self.isDate(core) { holdsDate = true }
      if Self.months.contains(core.prefix(3).lowercased()) { holdsMonth = true }
      if core.count == 4, core.allSatisfy(\.isNumber) { holdsYear = true }
      if closing == nil {
        if word.first == "(" { closing = ")" }
        if word.first == "[" { closing = "]" }
        if closing == nil, !Self.belongs(core) {
          // Who released it.
          guard core.first?.isUppercase == true, core.allSatisfy({ $0.isLetter || $0 == "." || $0 == "-" })
          else {
            return nil
          }
          names += 1
        }
      }
      if let sign = closing, word.contains(sign) { closing = nil }
    }
    guard closing == nil else { return nil }
    if holdsMonth, holdsYear { holdsDate = true }
    guard names == 0 || holdsDate && names <= 3 else { return nil }
  }

  private static func belongs(_ word: Substring) -> Bool {
    if word.isEmpty || ["-", "--", "–", "—", "/", "|"].contains(word) || isDate(word) { return true }
    let lower = word.lowercased()
    if states.contains(lower) || names.contains(lower) { return true }
    let digits = word.prefix(while: \.isNumber)
    return (1...4).contains(digits.count)
      && ["", "st", "nd", "rd", "th", "."].contains(word.dropFirst(digits.count))
  }

  /// `2024-05-01`, `1.5.2024`, `2024/05`.
  private static func isDate(_ word: Substring) -> Bool {
    let parts = word.split(omittingEmptySubsequences: false) { "-./".contains($0) }
    return (2...3).contains(parts.count)
      && parts.allSatisfy { (1...4).contains($0.count) && $0.allSatisfy(\.isNumber) }
      && parts.contains { $0.count == 4 }
  }

  private static let states: Set<String> = [
    "released", "unreleased", "release", "stable", "unstable", "beta", "alpha", "on", "yanked", "lts", "dev",
    "development",
  ]
  private static let months: Set<String> = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  /// Of months and days, whole and short.
  private static let names: Set<String> = Set(
    [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
      "november",
      "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ].flatMap { [$0, String($0.prefix(3)), "\($0.prefix(3))."] }
  ).union(["sept"])
}
