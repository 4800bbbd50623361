import Retrieval

extension OptionReference {
  /// Most statements of what is said of the option, and documents that are quoted where several have one of that name.
  private static let most = 3

  /// What the passages say that the option does; of several commands with one of that name, where the question names none,
  /// what the first ones say. Empty where none of them defines it.
  ///
  /// - Parameter words: most words of what follows the first statement.
  func definition(in passages: [Passage], words: Int) -> [Statement] {
    var found: [[Statement]] = []
    var seen: Set<Int> = []
    for (index, passage) in passages.enumerated() where fits(passage) && !seen.contains(passage.documentID) {
      let own = definition(in: passage, at: index)
      if own.isEmpty { continue }
      seen.insert(passage.documentID)
      found.append(own)
      if !context.isEmpty || found.count == Self.most { break }
    }
    guard found.count == 1, let own = found.first else { return found.compactMap(\.first) }
    var count = 0
    var taken: [Statement] = []
    for statement in own.prefix(Self.most) {
      if !taken.isEmpty { count += statement.words }
      if count > words { break }
      taken.append(statement)
    }
    return taken
  }

  /// What a passage says that the option does, in its order; empty where it only mentions it.
  func definition(in passage: Passage, at index: Int) -> [Statement] {
    guard passage.text.contains(name) || passage.headingPath.last?.contains(name) == true else { return [] }
    let statements = Statement.statements(of: passage, at: index)
    if let first = statements.firstIndex(where: defines) {
      let term = statements[first].term?.split(separator: "\n").joined(separator: ", ")
      return [statements[first]] + statements[(first + 1)...].prefix { $0.under != nil && $0.under == term }
    }
    if let line = definingLine(of: passage, at: index) { return [line] }
    return below(statements, in: passage)
  }

  /// Whether a statement begins with the option and goes on with what it does: as a term above its definition, in the first
  /// cell of a row, or before a colon or a dash.
  private func defines(_ statement: Statement) -> Bool {
    switch statement.kind {
    case .sentence, .item:
      if let term = statement.term {
        return term.split(separator: "\n").contains { Self.isTerm($0) && Self.names(in: $0).contains(name) }
      }
      let line = statement.line
      guard Self.isTerm(line[...]),
        let end = [": ", " - ", " \u{2013} ", " \u{2014} "].compactMap({ line.firstRange(of: $0)?.lowerBound }
        ).min()
      else { return false }
      let term = line[..<end]
      return Words.spaced(String(term)).count <= Self.longestTerm && Self.names(in: term).contains(name)
    case .row:
      let cells = statement.cells
      return cells.count > 1 && Self.isTerm(cells[0][...]) && Self.names(in: cells[0]).contains(name)
    case .code, .head, .heading: return false
    }
  }

  /// The first statements under a heading that is the option.
  private func below(_ statements: [Statement], in passage: Passage) -> [Statement] {
    func heads(_ title: String) -> Bool {
      Self.isTerm(title[...]) && Self.isBare(title) && Self.names(in: title).contains(name)
    }
    var start: Int?
    if let heading = statements.firstIndex(where: { $0.kind == .heading && heads($0.line) }) {
      start = heading + 1
    } else if let heading = passage.headingPath.last, heads(heading), passage.text.isEmpty == false {
      start = 0
    }
    return start.map { Array(statements[$0...].drop { $0.kind == .heading }.prefix { $0.kind != .heading }) }
      ?? []
  }

  private static func isTerm(_ text: Substring) -> Bool { text.drop { "`*'\"".contains($0) }.first == "-" }

  /// Most words of an option with what is given to it.
  fileprivate static let longestTerm = 8
}

/// Lists of options as programs print them: each on a line of its own, with what it does behind two spaces or more, on the
/// lines below it, or in the paragraph below it.
extension OptionReference {
  /// Most words of what is shown of such an option.
  private static let wordLimit = 60

  fileprivate func definingLine(of passage: Passage, at index: Int) -> Statement? {
    let scalars = Array(passage.text.unicodeScalars)
    let lines = Self.lines(of: scalars)
    for (number, line) in lines.enumerated() {
      guard scalars[line.text.lowerBound...].first == "-" else { continue }
      let gap = Self.gap(in: line.text, of: scalars)
      let term = line.text.lowerBound..<(gap?.lowerBound ?? line.text.upperBound)
      guard Self.names(in: Self.string(scalars[term])).contains(name) else { continue }
      guard gap != nil || Self.isBare(Self.string(scalars[term])) else { continue }
      var parts = gap.map { [$0.upperBound..<line.text.upperBound] } ?? []
      var words = parts.reduce(0) { $0 + Words.spaced(Self.string(scalars[$1])).count }
      var isCut = false
      var last = line.number
      for next in lines[(number + 1)...] {
        guard scalars[next.text.lowerBound] != "-" else { break }
        if next.number != last + 1 {
          guard parts.isEmpty, next.indent >= line.indent else { break }
        } else if gap != nil {
          guard next.indent > line.indent else { break }
        }
        words += Words.spaced(Self.string(scalars[next.text])).count
        if words > Self.wordLimit, !parts.isEmpty {
          isCut = true
          break
        }
        parts.append(next.text)
        last = next.number
      }
      guard let end = parts.last?.upperBound else { continue }
      var statement = Statement(
        kind: .sentence, range: term.lowerBound..<end,
        text: ([term] + parts).map { Self.string(scalars[$0]) }.joined(separator: "\n"), passage: index,
        position: Self.nowhere)
      statement.termLines = 1
      statement.isCut = isCut
      return statement
    }
    return nil
  }

  /// Whether a line holds nothing but options and what is given to them.
  fileprivate static func isBare(_ line: String) -> Bool {
    let words = Words.spaced(line)
    return words.count <= longestTerm && !words.contains { Words.isCommon($0.lowercased()) }
      && !".:;!?".contains(line.last ?? " ")
  }

  /// A position that no other statement stands beside.
  private static let nowhere = 1 << 30

  /// The lines that hold anything, without the space around it.
  private static func lines(
    of scalars: [Unicode.Scalar]
  ) -> [(number: Int, indent: Int, text: Range<Int>)] {
    var lines: [(number: Int, indent: Int, text: Range<Int>)] = []
    var (start, number) = (0, 0)
    while start < scalars.count {
      let end = scalars[start...].firstIndex(of: "\n") ?? scalars.count
      var first = start
      var last = end
      while first < last, isSpace(scalars[first]) { first += 1 }
      while last > first, isSpace(scalars[last - 1]) { last -= 1 }
      if first < last { lines.append((number, first - start, first..<last)) }
      number += 1
      start = end + 1
    }
    return lines
  }

  /// The first run of two spaces or more, or of tabs, in a line.
  private static func gap(in line: Range<Int>, of scalars: [Unicode.Scalar]) -> Range<Int>? {
    var start = line.lowerBound
    while let space = scalars[start..<line.upperBound].firstIndex(where: isSpace) {
      let end = scalars[space..<line.upperBound].firstIndex { !isSpace($0) } ?? line.upperBound
      if end - space > 1 || scalars[space] == "\t" { return space..<end }
      start = end
    }
    return nil
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\r"
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }
}
