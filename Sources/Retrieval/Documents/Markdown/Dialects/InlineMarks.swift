/// Turns marks within lines that CommonMark does not know into what they show: links of wikis, keys, lists of attributes,
/// icons, notes and highlights. Code and formulas are left as they are.
struct InlineMarks {
  private let line: ArraySlice<UInt8>
  private let text: [UInt8]
  private var output: [UInt8] = []
  /// Where the brackets that are open were written, and where they were read.
  private var brackets: [(output: Int, line: Int)] = []
  /// The end of the last code span.
  private var endOfCode = 0

  private init(_ line: ArraySlice<UInt8>, of text: [UInt8]) { (self.line, self.text) = (line, text) }

  /// - Parameters:
  ///   - line: a part of a line of `text`, outside fenced code.
  ///   - endOfCode: the end of the code span that began last in `text`, which may lie on a line further down.
  static func plain(
    _ line: ArraySlice<UInt8>, of text: [UInt8], endOfCode: inout Int
  ) -> ArraySlice<UInt8> {
    let start = min(max(endOfCode, line.startIndex), line.endIndex)
    guard mayContain(line[start...]) else { return line }
    var reader = InlineMarks(line[start...], of: text)
    reader.run()
    endOfCode = max(endOfCode, reader.endOfCode)
    return line[..<start] + reader.output
  }

  private static func mayContain(_ line: ArraySlice<UInt8>) -> Bool {
    var previous: UInt8 = 0
    for byte in line {
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "`"): return true
      case UInt8(ascii: "["):
        if previous == byte || previous == UInt8(ascii: "^") || previous == UInt8(ascii: "]") { return true }
      case UInt8(ascii: "+"), UInt8(ascii: "="): if previous == byte { return true }
      case UInt8(ascii: "^"): if previous == .space { return true }
      case UInt8(ascii: "m"), UInt8(ascii: "f"), UInt8(ascii: "o"), UInt8(ascii: "s"):
        if previous == UInt8(ascii: ":") { return true }
      default: break
      }
      previous = byte
    }
    return false
  }

  private mutating func run() {
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      if byte == UInt8(ascii: "`") {
        endOfCode = MarkdownFence.endOfCodeSpan(in: text[index...])
        let end = min(endOfCode, line.endIndex)
        output.append(contentsOf: line[index..<end])
        index = end
      } else if byte == UInt8(ascii: "$"), let end = MarkdownMath.endOfFormula(in: line, at: index) {
        output.append(contentsOf: line[index..<end])
        index = end
      } else if byte == UInt8(ascii: "\\"), index + 1 < line.endIndex {
        output.append(contentsOf: line[index..<(index + 2)])
        index += 2
      } else if let end = apply(byte, at: index) {
        index = end
      } else {
        if byte == UInt8(ascii: "[") { brackets.append((output.count, index)) }
        output.append(byte)
        index += 1
      }
    }
  }

  /// Deals with the mark that begins at `index`, if one does.
  ///
  /// - Returns: where it ends.
  private mutating func apply(_ byte: UInt8, at index: Int) -> Int? {
    let rest = line[index...]
    switch byte {
    case UInt8(ascii: "{"): return applyAttributes(rest)
    case UInt8(ascii: "["): return rest.starts(with: "[[") ? applyWikiLink(rest) : nil
    case UInt8(ascii: "!"): return rest.starts(with: "![[") ? Self.wikiLink(rest.dropFirst())?.end : nil
    case UInt8(ascii: "]"): return closeBracket(rest)
    case UInt8(ascii: "+"): return rest.starts(with: "++") ? applyKeys(rest) : nil
    case UInt8(ascii: ":"): return Self.endOfIcon(rest)
    case UInt8(ascii: "="): return rest.starts(with: "==") ? applyHighlight(rest) : nil
    case UInt8(ascii: "^"): return applyCaret(rest)
    default: return nil
    }
  }

  // MARK: Attributes

  private mutating func applyAttributes(_ rest: ArraySlice<UInt8>) -> Int? {
    guard let last = output.last, ")]`*_> ".utf8.contains(last), let list = AttributeList(rest) else {
      return nil
    }
    // Behind other words only an identifier or a class at the end of the line is known to be one.
    if last == .space {
      let isKnown = list.id != nil || list.hasColon && !list.classes.isEmpty
      return isKnown && rest[list.end...].isBlank ? list.end : nil
    }
    // Names may mean something here, and so may values in a formula.
    let isPlain = list.id == nil && list.classes.isEmpty
    return isPlain && !(list.hasValue && last == UInt8(ascii: ")")) ? nil : list.end
  }

  /// At a closing bracket: the target of a reference to code (`[text][package.Name]`), or a span's attributes.
  private mutating func closeBracket(_ rest: ArraySlice<UInt8>) -> Int? {
    guard let (open, start) = brackets.popLast(), output.count - open < 1000, !followsWord(at: open) else {
      return nil
    }
    let after = rest.dropFirst()
    if after.first == UInt8(ascii: "{"), output.count > open + 1, let list = AttributeList(after),
      !list.hasColon,
      list.id != nil || !list.classes.isEmpty
    {
      guard open == 0 || output[open - 1] != UInt8(ascii: "!") else { return nil }
      output.remove(at: open)
      return list.end
    }
    guard after.first == UInt8(ascii: "["), let close = after.prefix(200).firstIndex(of: UInt8(ascii: "]"))
    else {
      return nil
    }
    // A link with nothing but an icon in it; with nothing at all, the type of a list: `[][]byte`.
    if output.count == open + 1, rest.startIndex > start + 1,
      open == 0 || output[open - 1] != UInt8(ascii: "!")
    {
      output.removeLast()
      return AttributeList(line[(close + 1)...])?.end ?? close + 1
    }
    let target = after[(after.startIndex + 1)..<close]
    let name = target.isEmpty ? output[(open + 1)...].filter { $0 != UInt8(ascii: "`") }[...] : target
    guard Self.namesCode(name) else { return nil }
    output.remove(at: open)
    return close + 1
  }

  /// Whether a bracket at `index` of what was written follows a word right away, as an index in code does: `a[b][c.d]`.
  private func followsWord(at index: Int) -> Bool {
    guard index > 0 else { return false }
    return output[index - 1].isASCIIAlphanumeric || "])_".utf8.contains(output[index - 1])
  }

  /// `package.Name`, as mkdocstrings refers to code that it documents.
  private static func namesCode(_ name: ArraySlice<UInt8>) -> Bool {
    let parts = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count > 1
      && parts.allSatisfy { part in
        guard let first = part.first, !first.isASCIIDigit else { return false }
        return part.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") }
      }
  }

  // MARK: Links of wikis

  private mutating func applyWikiLink(_ rest: ArraySlice<UInt8>) -> Int? {
    guard !followsWord(at: output.count), let (words, end) = Self.wikiLink(rest) else { return nil }
    output.append(contentsOf: words)
    return end
  }

  /// `[[Page|words]]`, `[[Page#Heading]]`.
  private static func wikiLink(_ rest: ArraySlice<UInt8>) -> (words: [UInt8], end: Int)? {
    let inner = rest.dropFirst(2).prefix(300).prefix { !"[]".utf8.contains($0) }
    guard rest[inner.endIndex...].starts(with: "]]"), let first = inner.first, let last = inner.last,
      !first.isASCIISpace, !last.isASCIISpace, first != UInt8(ascii: "-"), first != UInt8(ascii: "\""),
      // Numbers are a matrix or a mark of a source, unless they are a date.
      inner.contains(where: { $0.isASCIILetter || $0 >= 0x80 })
        || inner.count == 10 && inner.contains(UInt8(ascii: "-"))
    else { return nil }
    let end = inner.endIndex + 2
    // Brackets within those of a link are words.
    if let next = rest[end...].first, "([".utf8.contains(next) { return nil }
    if let bar = inner.lastIndex(of: UInt8(ascii: "|")) {
      return (Array(inner[(bar + 1)...].trimmedSpace), end)
    }
    return (parts(of: inner), end)
  }

  /// `Page#Heading` with a sign between its parts, and without the name of a block; `C# and more` as it is.
  private static func parts(of target: ArraySlice<UInt8>) -> [UInt8] {
    let parts = target.split(separator: UInt8(ascii: "#"), omittingEmptySubsequences: false)
    guard parts.dropFirst().allSatisfy({ $0.first?.isASCIISpace == false }) else { return Array(target) }
    return Array(
      parts.filter { !$0.isEmpty && $0.first != UInt8(ascii: "^") }.joined(separator: Array(" > ".utf8)))
  }

  // MARK: Marks around words

  /// `++ctrl+c++`.
  private mutating func applyKeys(_ rest: ArraySlice<UInt8>) -> Int? {
    let inner = rest.dropFirst(2).prefix(80)
    guard let end = Self.end(of: "++", in: inner) else { return nil }
    let names = inner[..<(end - 2)].split(separator: UInt8(ascii: "+"), omittingEmptySubsequences: false)
    let areKeys = names.allSatisfy { name in
      !name.isEmpty
        && (name.allSatisfy { $0.isASCIIAlphanumeric || "-_".utf8.contains($0) }
          || name.first == UInt8(ascii: "\""))
    }
    guard areKeys, !names.isEmpty, output.last?.isASCIIAlphanumeric != true,
      rest[end...].first?.isASCIIAlphanumeric != true
    else { return nil }
    let shown = names.map { name in
      name.first == UInt8(ascii: "\"")
        ? Array(name.filter { $0 != UInt8(ascii: "\"") })
        : name.string.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(
          separator: " "
        ).utf8.map { $0 }
    }
    output.append(contentsOf: shown.joined(separator: [UInt8(ascii: "+")]))
    return end
  }

  /// `==words==`.
  private mutating func applyHighlight(_ rest: ArraySlice<UInt8>) -> Int? {
    let inner = rest.dropFirst(2).prefix(400)
    guard let first = inner.first, !first.isASCIISpace, first != UInt8(ascii: "="),
      output.last.map({ $0.isASCIISpace || $0.isASCIIPunctuation && $0 != UInt8(ascii: "=") }) ?? true,
      let end = Self.end(of: "==", in: inner), end - 2 > inner.startIndex, !inner[end - 3].isASCIISpace,
      rest[end...].first != UInt8(ascii: "=")
    else { return nil }
    output.append(contentsOf: inner[..<(end - 2)])
    return end
  }

  /// `^[a note]` of Pandoc, and ` ^name` of Obsidian at the end of a line.
  private mutating func applyCaret(_ rest: ArraySlice<UInt8>) -> Int? {
    let after = rest.dropFirst()
    if after.first == UInt8(ascii: "[") {
      // Footnotes of Markdown begin the other way round.
      guard output.last != UInt8(ascii: "["), output.last?.isASCIIDigit != true else { return nil }
      // A note is words; the set of a regular expression has none.
      guard after.prefix(500).prefix(while: { $0 != UInt8(ascii: "]") }).contains(.space) else { return nil }
      if let last = output.last, !last.isASCIISpace { output.append(.space) }
      return after.startIndex
    }
    // Those that Obsidian makes; other words behind a caret may be meant to be read.
    guard output.last == .space, after.count == 6, after.contains(where: \.isASCIIDigit),
      after.allSatisfy({ $0.isASCIIAlphanumeric && !$0.isASCIIUppercase })
    else { return nil }
    return rest.endIndex
  }

  /// An icon of Material for MkDocs: `:material-check:`.
  private static func endOfIcon(_ rest: ArraySlice<UInt8>) -> Int? {
    let name = rest.dropFirst().prefix(60).prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
    guard rest[name.endIndex...].first == UInt8(ascii: ":"),
      name.starts(with: "material-") || name.starts(with: "fontawesome-") || name.starts(with: "octicons-")
        || name.starts(with: "simple-")
    else { return nil }
    let end = name.endIndex + 1
    return AttributeList(rest[end...])?.end ?? end
  }

  private static func end(of mark: StaticString, in text: ArraySlice<UInt8>) -> Int? {
    let (first, length) = (mark.utf8Start[0], mark.utf8CodeUnitCount)
    var index = text.startIndex
    while index + length <= text.endIndex {
      if text[index] == first, text[index...].starts(with: mark) { return index + length }
      index += 1
    }
    return nil
  }
}
