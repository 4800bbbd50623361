/// The words of a reStructuredText paragraph without their inline markup.
///
/// Follows the recognition rules of the specification (docutils, "Inline markup recognition rules") on ASCII
/// neighbours; a start without an end is text.
struct RSTInline {
  private let text: ArraySlice<UInt8>
  private let substitutions: [String: [UInt8]]
  private var output: [UInt8] = []
  /// Ends that are known not to come any more.
  private var missing: Set<String> = []

  static func plain(_ text: some Collection<UInt8>, substitutions: [String: [UInt8]] = [:]) -> [UInt8] {
    let bytes = Array(text)
    guard bytes.contains(where: { "`*|_\\[".utf8.contains($0) }) else { return bytes }
    var reader = RSTInline(text: bytes[...], substitutions: substitutions)
    reader.output.reserveCapacity(bytes.count)
    reader.run()
    return reader.output
  }

  private init(text: ArraySlice<UInt8>, substitutions: [String: [UInt8]]) {
    self.text = text
    self.substitutions = substitutions
  }

  private mutating func run() {
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "\\"):
        if index + 1 < text.endIndex, !text[index + 1].isASCIISpace { output.append(text[index + 1]) }
        index += 2
      case UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: "["):
        if let end = markup(at: index) {
          index = end
        } else {
          output.append(byte)
          index += 1
        }
      case UInt8(ascii: "_"): index = underscore(at: index)
      default:
        output.append(byte)
        index += 1
      }
    }
  }

  /// Writes the markup that starts at `index` and returns the index after it; nil if none does.
  private mutating func markup(at index: Int) -> Int? {
    guard canStart(at: index) else { return nil }
    let rest = text[index...]
    if rest.starts(with: "``") { return literal(from: index + 2) }
    if rest.starts(with: "**") { return simple("**", from: index + 2) }
    switch text[index] {
    case UInt8(ascii: "*"): return simple("*", from: index + 1)
    case UInt8(ascii: "|"): return substitution(from: index + 1)
    case UInt8(ascii: "["): return note(from: index + 1)
    case UInt8(ascii: "`"): return interpreted(role: "", from: index + 1)
    default:
      let role = rest.dropFirst().prefix(60).prefix { $0.isASCIIAlphanumeric || "+._:-".utf8.contains($0) }
      let after = role.endIndex
      guard role.last == UInt8(ascii: ":"), role.count > 1, after < text.endIndex,
        text[after] == UInt8(ascii: "`")
      else { return nil }
      return interpreted(role: role.dropLast().string, from: after + 1)
    }
  }

  private func canStart(at index: Int) -> Bool {
    guard index > text.startIndex else { return true }
    let before = text[index - 1]
    return before.isASCIISpace || "'\"([{<-/:=".utf8.contains(before) || before >= 0x80
  }

  /// The index of an end mark after `index`, preceded by text and followed by no word.
  private mutating func end(_ mark: StaticString, from index: Int, before limit: Int = .max) -> Int? {
    let length = mark.utf8CodeUnitCount
    let last = min(text.endIndex, limit)
    guard index < text.endIndex, !text[index].isASCIISpace, !missing.contains(mark.description) else {
      return nil
    }
    var next = index + 1
    while next + length <= last {
      if text[next] == UInt8(ascii: "\\"), length == 1 {
        next += 2
        continue
      }
      if text[next...].starts(with: mark), !text[next - 1].isASCIISpace {
        let after = next + length
        if after == text.endIndex || !text[after].isASCIIAlphanumeric && text[after] != mark.utf8Start[0] {
          return next
        }
      }
      next += 1
    }
    if last == text.endIndex { missing.insert(mark.description) }
    return nil
  }

  private mutating func literal(from index: Int) -> Int? {
    guard let end = end("``", from: index) else { return nil }
    output += text[index..<end]
    return end + 2
  }

  private mutating func simple(_ mark: StaticString, from index: Int) -> Int? {
    guard let end = end(mark, from: index) else { return nil }
    output += Self.unescaped(text[index..<end])
    return end + mark.utf8CodeUnitCount
  }

  private mutating func substitution(from index: Int) -> Int? {
    // Looked for no further: each bar of a long text would have it read to its end.
    guard let end = end("|", from: index, before: index + 200) else { return nil }
    let name = text[index..<end]
    output += substitutions[name.lowercasedString] ?? Array(name)
    return skipUnderscores(from: end + 1)
  }

  /// `[1]_`, `[#name]_` and `[CIT2002]_`.
  private mutating func note(from index: Int) -> Int? {
    let name = text[index...].prefix(100).prefix { $0.isASCIIAlphanumeric || "#*._:-+".utf8.contains($0) }
    let after = text[name.endIndex...]
    guard !name.isEmpty, after.starts(with: "]_") else { return nil }
    let label = name.first == UInt8(ascii: "#") && name.count > 1 ? name.dropFirst() : name
    output += [UInt8(ascii: "[")] + label + [UInt8(ascii: "]")]
    return name.endIndex + 2
  }

  private mutating func interpreted(role: String, from index: Int) -> Int? {
    guard let end = end("`", from: index) else { return nil }
    let words = text[index..<end]
    var after = skipUnderscores(from: end + 1)
    // The role may stand behind: `text`:role:.
    if role.isEmpty, after == end + 1, text[after...].first == UInt8(ascii: ":") {
      let name = text[(after + 1)...].prefix { $0.isASCIIAlphanumeric || "+._-".utf8.contains($0) }
      if !name.isEmpty, text[name.endIndex...].first == UInt8(ascii: ":") { after = name.endIndex + 1 }
    }
    output += Self.shown(role, words)
    return after
  }

  /// What a role shows for `words`: its title where it has one (`title <target>`).
  static func shown(_ role: String, _ words: ArraySlice<UInt8>) -> [UInt8] {
    guard words.last == UInt8(ascii: ">"), let open = words.lastIndex(of: UInt8(ascii: "<")) else {
      return roleText(role, words)
    }
    let title = words[..<open].trimmedSpace
    return unescaped(title.isEmpty ? words[(open + 1)...].dropLast() : title)
  }

  private func skipUnderscores(from index: Int) -> Int {
    var next = index
    while next < text.endIndex, next < index + 2, text[next] == UInt8(ascii: "_") { next += 1 }
    return next
  }

  /// What the common roles of docutils and Sphinx show for a name.
  private static func roleText(_ role: String, _ words: ArraySlice<UInt8>) -> [UInt8] {
    let kind = role.split(separator: ":").last.map(String.init) ?? ""
    var words = words
    switch kind {
    case "math": return [UInt8(ascii: "$")] + words + [UInt8(ascii: "$")]
    case "pep": return Array("PEP ".utf8) + words
    case "rfc": return Array("RFC ".utf8) + words
    case "guilabel", "menuselection": return unescaped(words).filter { $0 != UInt8(ascii: "&") }
    case "func", "meth", "class", "mod", "data", "attr", "exc", "obj", "const", "type", "macro", "member",
      "any",
      "ref", "doc", "term", "keyword", "option":
      if words.first == UInt8(ascii: "~") {
        words = words.dropFirst()
        if let dot = words.lastIndex(of: UInt8(ascii: ".")) { words = words[(dot + 1)...] }
      } else if let first = words.first, "!.".utf8.contains(first) {
        words = words.dropFirst()
      }
      let isCall = (kind == "func" || kind == "meth") && words.last != UInt8(ascii: ")")
      return unescaped(words) + (isCall ? Array("()".utf8) : [])
    default: return unescaped(words)
    }
  }

  private static func unescaped(_ words: ArraySlice<UInt8>) -> [UInt8] {
    guard words.contains(UInt8(ascii: "\\")) else { return Array(words) }
    var result: [UInt8] = []
    var index = words.startIndex
    while index < words.endIndex {
      if words[index] == UInt8(ascii: "\\"), index + 1 < words.endIndex {
        if !words[index + 1].isASCIISpace { result.append(words[index + 1]) }
        index += 2
      } else {
        result.append(words[index])
        index += 1
      }
    }
    return result
  }

  /// An inline target (_`name`), or the end of a reference (name_); otherwise a letter of a word.
  private mutating func underscore(at index: Int) -> Int {
    if canStart(at: index), text[(index + 1)...].first == UInt8(ascii: "`"),
      let end = end("`", from: index + 2)
    {
      output += text[(index + 2)..<end]
      return end + 1
    }
    let after = skipUnderscores(from: index)
    let endsWord =
      after == text.endIndex || !(text[after].isASCIIAlphanumeric || text[after] == UInt8(ascii: "_"))
    if endsWord, index > text.startIndex, text[index - 1].isASCIIAlphanumeric,
      startsWithLetter(wordBefore: index)
    {
      return after
    }
    output.append(text[index])
    return index + 1
  }

  private func startsWithLetter(wordBefore index: Int) -> Bool {
    var start = index
    while start > text.startIndex, index - start < 100,
      text[start - 1].isASCIIAlphanumeric || text[start - 1] == UInt8(ascii: "_")
    {
      start -= 1
    }
    return text[start].isASCIIAlphanumeric
  }
}
