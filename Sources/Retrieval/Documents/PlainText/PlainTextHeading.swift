/// A line of plain text that is a heading by its form: `CHAPTER IV`, `2.1 Scope`, a title that is underlined.
/// What is in doubt is a paragraph.
struct PlainTextHeading {
  enum Kind: Equatable {
    /// The word in lower case: `chapter`, `part`.
    case chapter(word: String)
    /// `2.1 Scope` has depth 2.
    case numbered(depth: Int)
    /// `4. DEPOSIT` right above `4.1 The tenant pays …`.
    case article
    /// A version above what came with it: whether the line is certain to name one, whether a list or indented lines follow,
    /// and whether it is a heading even if no other version is.
    case release(isCertain: Bool, headsList: Bool, standsAlone: Bool)
    case named, underlined, bold

    var isRelease: Bool {
      if case .release = self { true } else { false }
    }
  }

  var kind: Kind
  var level: Int
  var text: [UInt8]

  /// The words have no lower-case letter.
  var isCapitals: Bool {
    !text.contains { $0.isASCIILetter && !$0.isASCIIUppercase } && text.contains(where: \.isASCIIUppercase)
  }

  /// The heading with which a run of lines between blank lines begins, and how many lines it takes.
  static func heading(atStartOf run: Range<Int>, of lines: TextLines) -> (
    heading: PlainTextHeading, lines: Int
  )? {
    let first = lines[run.lowerBound].trimmedSpace
    guard first.count <= 120 else { return nil }
    if let underlined = underlined(run, of: lines) { return underlined }
    if let chapter = chapter(first) {
      if run.count == 1 { return (chapter.heading, 1) }
      // `CHAPTER I.` with its title on the next line.
      let second = lines[run.lowerBound + 1].trimmedSpace
      guard run.count == 2, chapter.isBare, isTitle(second, maximum: 70), Self.chapter(second) == nil else {
        return nil
      }
      var heading = chapter.heading
      heading.text += [.space] + second
      return (heading, 2)
    }
    if let release = release(run, of: lines) { return (release, 1) }
    if let article = article(run, of: lines) { return (article, 1) }
    guard run.count == 1 else { return nil }
    let heading =
      named(first) ?? numbered(first, indent: lines.indent(run.lowerBound)) ?? capitalsWithNumeral(first)
    return heading.map { ($0, 1) }
  }

  /// The heading that a line is which is bold and stands alone or above indented ones; nil for one that is rather a command or
  /// the name of a file above what it holds.
  static func bold(atStartOf run: Range<Int>, of lines: TextLines, isTitle: Bool) -> PlainTextHeading? {
    let line = lines[run.lowerBound].trimmedSpace
    guard line.count <= 100, let first = line.first, let last = line.last,
      first.isASCIIAlphanumeric || first >= 0x80, !".:,;".utf8.contains(last),
      run.count == 1 || lines.indent(run.lowerBound + 1) > lines.indent(run.lowerBound)
    else { return nil }
    return PlainTextHeading(kind: .bold, level: isTitle ? 1 : 2, text: Array(line))
  }

  // MARK: Forms

  /// A title between or above lines of one repeated sign.
  private static func underlined(_ run: Range<Int>, of lines: TextLines) -> (PlainTextHeading, Int)? {
    var line = run.lowerBound
    let hasOverline = run.count >= 3 && adornment(lines[line]) != nil
    if hasOverline { line += 1 }
    guard line + 1 < run.upperBound, let sign = adornment(lines[line + 1]) else { return nil }
    let title = lines[line].trimmedSpace
    let underline = lines[line + 1].trimmedSpace
    let width = title.string.unicodeScalars.count
    guard adornment(lines[line]) == nil, title.contains(where: { $0.isASCIIAlphanumeric || $0 >= 0x80 }),
      !isTableHead(run, at: line, of: lines), width <= 100, underline.count >= max(3, width * 7 / 10),
      underline.count <= width + 20,
      !hasOverline || adornment(lines[line - 1]) == sign && underline.count >= width
    else { return nil }
    let level = sign == UInt8(ascii: "=") || sign == UInt8(ascii: "#") ? 1 : sign == UInt8(ascii: "-") ? 2 : 3
    let heading = PlainTextHeading(kind: .underlined, level: level, text: Array(title))
    return (heading, line + 2 - run.lowerBound)
  }

  /// Whether a line is the head of a table in columns: words parted by gaps, above rows that are too.
  private static func isTableHead(_ run: Range<Int>, at line: Int, of lines: TextLines) -> Bool {
    let gaps = gaps(lines[line])
    return gaps > 1 || gaps == 1 && line + 2 < run.upperBound && self.gaps(lines[line + 2]) > 0
  }

  /// How often words of a line are parted by a tab or by more than one space.
  private static func gaps(_ line: ArraySlice<UInt8>) -> Int {
    let line = line.trimmedSpace
    var gaps = 0
    var spaces = 0
    for byte in line {
      if byte == .space || byte == 0x09 {
        spaces += byte == 0x09 ? 2 : 1
      } else {
        if spaces > 1 { gaps += 1 }
        spaces = 0
      }
    }
    return gaps
  }

  /// The sign of a line that is nothing but this sign, at least three times.
  private static func adornment(_ line: ArraySlice<UInt8>) -> UInt8? {
    let line = line.trimmedSpace
    guard let sign = line.first, line.count >= 3, "=-~^*#\"+_".utf8.contains(sign),
      line.allSatisfy({ $0 == sign })
    else { return nil }
    return sign
  }

  private static let levels = [
    "book": 1, "part": 1, "volume": 1, "act": 1,
    "chapter": 2, "letter": 2, "stave": 2, "canto": 2, "appendix": 2, "lecture": 2, "lesson": 2,
    "scene": 3, "section": 3,
  ]

  /// `CHAPTER IV`, `Chapter 3: The Storm`, `BOOK THE FIRST`; bare if there is no title after the number.
  private static func chapter(_ line: ArraySlice<UInt8>) -> (heading: PlainTextHeading, isBare: Bool)? {
    let word = line.prefix { $0.isASCIILetter }
    let key = word.lowercasedString
    guard let level = levels[key], word.first?.isASCIIUppercase == true else { return nil }
    var rest = line[word.endIndex...].drop { $0.isASCIISpace }
    guard rest.startIndex > word.endIndex else { return nil }
    if rest.prefix(4).lowercasedString == "the " { rest = rest.dropFirst(4) }
    let number = rest.prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
    guard isNumber(number, allowsLetter: key == "appendix") else { return nil }
    let after = rest[number.endIndex...]
    let title = after.drop { $0.isASCIISpace || ".:-_)".utf8.contains($0) || $0 >= 0x80 }.trimmedSpace
    let isBare = title.isEmpty
    let isSeparated = after.first.map { !$0.isASCIISpace } ?? true
    guard isBare || (isTitle(title, maximum: 80) && (isSeparated || title.first?.isASCIIUppercase == true))
    else {
      return nil
    }
    return (PlainTextHeading(kind: .chapter(word: key), level: level, text: Array(line)), isBare)
  }

  private static let numberWords: Set<String> = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "first", "second",
    "third",
    "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last",
  ]

  private static func isNumber(_ word: ArraySlice<UInt8>, allowsLetter: Bool) -> Bool {
    guard !word.isEmpty, word.count <= 12 else { return false }
    if word.allSatisfy(\.isASCIIDigit) { return word.count <= 4 }
    if isRoman(word) { return true }
    if allowsLetter, word.count == 1, word.first?.isASCIIUppercase == true { return true }
    let parts = word.lowercasedString.split(separator: "-")
    return !parts.isEmpty && parts.allSatisfy { numberWords.contains(String($0)) }
  }

  private static func isRoman(_ word: ArraySlice<UInt8>) -> Bool {
    !word.isEmpty && word.allSatisfy { "IVXLC".utf8.contains($0) }
  }

  /// A version above the changes that it brought.
  private static func release(_ run: Range<Int>, of lines: TextLines) -> PlainTextHeading? {
    let line = run.lowerBound
    let indent = lines.indent(line)
    // What stands in columns is rather the head of a page.
    guard indent <= 3, gaps(lines[line]) < 2, let release = ReleaseLine(lines[line]) else { return nil }
    let next = (line + 1..<lines.count).first { !lines.isBlank($0) }
    let headsList = next.map { isListed($0, below: indent, of: lines) } ?? false
    let isAlone = release.isDebian || headsList && next.map { isItem(lines[$0]) } ?? false
    if run.count > 1 {
      let second = lines[line + 1].trimmedSpace
      // A line of prose ends where the next word would not have fitted any more.
      let width = run.map { lines[$0].count }.max() ?? 0
      let isBroken = lines[line].count + 1 + second.prefix { $0 != .space }.count <= width
      let begins = second.first.map { !$0.isASCIILetter || $0.isASCIIUppercase } ?? false
      let isHeading = headsList || release.isDated || lines[line].trimmedSpace.last == UInt8(ascii: ":")
      guard ReleaseLine(second) == nil, isHeading || isBroken && begins else { return nil }
    }
    let kind = Kind.release(isCertain: release.isCertain, headsList: headsList, standsAlone: isAlone)
    return PlainTextHeading(kind: kind, level: 2, text: Array(release.title))
  }

  private static func isItem(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.trimmedSpace
    return ["* ", "- ", "+ ", "o ", "\u{2022} "].contains { text.starts(with: $0.utf8) }
  }

  /// Whether a line is an item of a list, or stands further in than `indent`.
  private static func isListed(_ line: Int, below indent: Int, of lines: TextLines) -> Bool {
    (isItem(lines[line]) || lines.indent(line) > indent) && ReleaseLine(lines[line]) == nil
  }

  /// `4. DEPOSIT` above its clauses `4.1`, `4.2`.
  private static func article(_ run: Range<Int>, of lines: TextLines) -> PlainTextHeading? {
    guard run.count > 1, let clause = ClauseLines.number(lines[run.lowerBound + 1]),
      var heading = numbered(lines[run.lowerBound].trimmedSpace, indent: lines.indent(run.lowerBound)),
      heading.kind == .numbered(depth: 1), Int(heading.text.prefix(while: \.isASCIIDigit).string) == clause[0]
    else { return nil }
    heading.kind = .article
    return heading
  }

  private static let names: Set<String> = [
    "preface", "introduction", "foreword", "prologue", "epilogue", "contents", "table of contents",
    "conclusion",
    "abstract", "references", "bibliography", "glossary", "acknowledgments", "acknowledgements", "afterword",
    "appendix", "dedication", "index",
  ]

  private static func named(_ line: ArraySlice<UInt8>) -> PlainTextHeading? {
    let words = line.last == UInt8(ascii: ".") || line.last == UInt8(ascii: ":") ? line.dropLast() : line
    guard words.first?.isASCIIUppercase == true, words.count <= 20, names.contains(words.lowercasedString)
    else {
      return nil
    }
    return PlainTextHeading(kind: .named, level: 2, text: Array(line))
  }

  /// `2.1 Scope`, `3.  TERMS`.
  private static func numbered(_ line: ArraySlice<UInt8>, indent: Int) -> PlainTextHeading? {
    guard indent <= 4 else { return nil }
    let number = line.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
    let parts = number.split(separator: UInt8(ascii: "."))
    guard number.first?.isASCIIDigit == true, (1...6).contains(parts.count),
      parts.allSatisfy({ $0.count <= 3 })
    else {
      return nil
    }
    let rest = line[number.endIndex...]
    let title = rest.trimmedSpace
    guard rest.first?.isASCIISpace == true, title.first?.isASCIIUppercase == true, isTitle(title, maximum: 90)
    else {
      return nil
    }
    let kind = Kind.numbered(depth: min(parts.count, 2))
    return PlainTextHeading(kind: kind, level: parts.count, text: Array(line))
  }

  /// `I. A SCANDAL IN BOHEMIA`.
  private static func capitalsWithNumeral(_ line: ArraySlice<UInt8>) -> PlainTextHeading? {
    let numeral = line.prefix { $0.isASCIILetter }
    let rest = line[numeral.endIndex...]
    let title = rest.dropFirst().trimmedSpace
    guard isRoman(numeral), numeral.count <= 7, rest.first == UInt8(ascii: "."), title.count <= 70,
      title.count(where: \.isASCIIUppercase) >= 3,
      !title.contains(where: { $0.isASCIILetter && !$0.isASCIIUppercase })
    else { return nil }
    return PlainTextHeading(kind: .named, level: 2, text: Array(line))
  }

  /// Whether a line is a title that has no lower-case letter.
  static func isTitleInCapitals(_ line: ArraySlice<UInt8>) -> Bool {
    let line = line.trimmedSpace
    return isTitle(line, maximum: 100) && line.count(where: \.isASCIIUppercase) >= 3
      && !line.contains { $0.isASCIILetter && !$0.isASCIIUppercase }
  }

  /// Short words that do not end as a sentence does, without the dots that lead to a page number.
  private static func isTitle(_ words: ArraySlice<UInt8>, maximum: Int) -> Bool {
    guard let first = words.first, let last = words.last, words.count <= maximum else { return false }
    return (!first.isASCIILetter || first.isASCIIUppercase) && !",;".utf8.contains(last)
      && (last != UInt8(ascii: ".") || words.count <= 40) && !words.string.contains("..")
      && !words.string.contains(". .") && words.split(separator: .space).count <= 14
  }
}
