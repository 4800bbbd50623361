/// The words of a line of AsciiDoc without its marks: attributes in their places, links by their text.
struct AsciiDocInline {
  /// What the document has set, in small letters.
  var attributes: [String: String] = [:]
  /// Bytes that attributes may still add to the text: they may hold each other, and a short document must not become a
  /// long one.
  private var budget: Int

  /// - Parameter budget: bytes that attributes may add in all.
  init(budget: Int) { self.budget = budget }

  /// `:name: value`, or `:name!:`, which has none; nil for any other line.
  static func attribute(_ line: String) -> (name: String, value: String?)? {
    guard line.first == ":", let close = line.dropFirst().firstIndex(of: ":") else { return nil }
    let name = line[line.index(after: line.startIndex)..<close]
    let value = line[line.index(after: close)...]
    let bare = name.filter { $0 != "!" }
    guard !bare.isEmpty, bare.allSatisfy({ $0.isLetter || $0.isNumber || "-_".contains($0) }),
      value.isEmpty || value.first == " "
    else { return nil }
    return (bare.lowercased(), name.contains("!") ? nil : String(value.drop { $0 == " " }))
  }

  mutating func plain(_ text: String) -> String { withoutMarks(withoutMacros(withAttributes(text))) }

  /// `{name}` by its value; what the document does not set stays as it is.
  private mutating func withAttributes(_ text: String) -> String {
    guard text.contains("{") else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[open...]
      let name = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || "-_".contains($0) }
      let after = rest[name.endIndex...]
      if after.first == "}", let value = attributes[name.lowercased()], value.utf8.count <= budget {
        budget -= value.utf8.count
        result += value
        rest = after.dropFirst()
      } else {
        result.append("{")
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }

  /// `<<id,text>>`, `[[id]]`, `https://a.example[text]`, `link:a[text]`, `footnote:[text]`.
  private func withoutMacros(_ text: String) -> String {
    guard text.contains("[") || text.contains("<<") else { return text }
    var result = ""
    var rest = text[...]
    var (angles, doubled, single) = (NextMark(">>"), NextMark("]]"), NextMark("]"))
    while let next = rest.first {
      if rest.hasPrefix("<<"), let close = angles.range(in: rest) {
        let parts = rest[..<close.lowerBound].dropFirst(2).split(separator: ",", maxSplits: 1)
        result += parts.last.map { $0.drop { $0 == " " } } ?? ""
        rest = rest[close.upperBound...]
      } else if rest.hasPrefix("[["), let close = doubled.range(in: rest) {
        rest = rest[close.upperBound...]
      } else if next == "[", let close = single.range(in: rest), let macro = Macro(endOf: result) {
        result.removeLast(macro.length)
        if macro.isFootnote, result.last?.isWhitespace == false { result.append(" ") }
        result += macro.text(rest[rest.index(after: rest.startIndex)..<close.lowerBound])
        rest = rest[close.upperBound...]
      } else {
        result.append(next)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// Finds the next place of a mark in what is left of a text, and remembers it, so that time stays linear.
  private struct NextMark {
    private let mark: String
    private var known: Range<String.Index>?
    private var hasMore = true

    init(_ mark: String) { self.mark = mark }

    mutating func range(in rest: Substring) -> Range<String.Index>? {
      guard hasMore else { return nil }
      if let known, known.lowerBound >= rest.startIndex { return known }
      known = rest.firstRange(of: mark)
      hasMore = known != nil
      return known
    }
  }

  /// What stands right before the brackets of a macro: `link:install.html`.
  private struct Macro {
    /// Characters of a name and a target at most.
    private static let longest = 1000
    let length: Int
    var isFootnote: Bool { name == "footnote" }

    private let name: Substring
    private let target: Substring

    init?(endOf text: String) {
      let end = text.suffix(Self.longest)
      let before = end.lastIndex { $0.isWhitespace || "(\"'".contains($0) }
      let word = before.map { end[end.index(after: $0)...] } ?? end
      guard let colon = word.firstIndex(of: ":") else { return nil }
      let start = word[..<colon].lastIndex { !$0.isASCII || !($0.isLetter || $0.isNumber) }
      name = word[(start.map { word.index(after: $0) } ?? word.startIndex)..<colon]
      guard !name.isEmpty else { return nil }
      target = word[word.index(after: colon)...].drop { $0 == ":" }
      length = word[name.startIndex...].count
    }

    func text(_ words: Substring) -> String {
      // `text,window=_blank`, but a comma within a text stays.
      let words = words.firstRange(of: ",window=").map { words[..<$0.lowerBound] } ?? words
      switch name {
      case "footnote": return "(\(words))"
      case "http", "https", "ftp", "irc":
        return words.isEmpty || words == "^" ? "\(name):\(target)" : String(words)
      case "image": return String(words)
      case "kbd", "btn", "menu", "pass", "stem", "latexmath": return String(words)
      // A manual page: `linkgit:git-log[1]`.
      case _ where !words.isEmpty && words.allSatisfy(\.isNumber): return "\(target)(\(words))"
      default: return words.isEmpty ? String(target) : String(words)
      }
    }
  }

  /// Text without the marks around words: `*bold*`, `_emphasis_`, `code` between backticks, also doubled.
  private func withoutMarks(_ text: String) -> String {
    let marks: Set<Character> = ["*", "_", "`", "#", "+"]
    guard text.contains(where: marks.contains) else { return text }
    let characters = Array(text)
    var removed = Set<Int>()
    var index = 0
    while index < characters.count {
      let sign = characters[index]
      guard marks.contains(sign), !removed.contains(index) else {
        index += 1
        continue
      }
      let run = characters[index...].prefix { $0 == sign }.count
      if run <= 2, opens(index, run, characters), let end = close(sign, run, from: index + run, characters) {
        removed.formUnion(index..<index + run)
        removed.formUnion(end..<end + run)
        // What is code holds no other marks.
        if sign == "`" || sign == "+" { index = end }
      }
      index += run
    }
    return String(characters.indices.lazy.filter { !removed.contains($0) }.map { characters[$0] })
  }

  private func opens(_ index: Int, _ run: Int, _ characters: [Character]) -> Bool {
    guard index + run < characters.count, !characters[index + run].isWhitespace else { return false }
    return run == 2 || index == 0 || !isWord(characters[index - 1])
  }

  private func close(_ sign: Character, _ run: Int, from start: Int, _ characters: [Character]) -> Int? {
    var index = start
    while index + run <= characters.count, index - start < 1000 {
      let length = characters[index...].prefix { $0 == sign }.count
      if length == run, index > start, !characters[index - 1].isWhitespace,
        run == 2 || index + run == characters.count || !isWord(characters[index + run])
      {
        return index
      }
      index += max(1, length)
    }
    return nil
  }

  private func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}
