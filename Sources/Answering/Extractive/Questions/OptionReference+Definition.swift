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
      return Words.spaced(String(term)).count <= OptionLine.longestTerm && Self.names(in: term).contains(name)
    case .row:
      let cells = statement.cells
      return cells.count > 1 && Self.isTerm(cells[0][...]) && Self.names(in: cells[0]).contains(name)
    case .code, .head, .heading: return false
    }
  }

  /// The first statements under a heading that is the option.
  private func below(_ statements: [Statement], in passage: Passage) -> [Statement] {
    func heads(_ title: String) -> Bool {
      Self.isTerm(title[...]) && OptionLine.isBare(title) && Self.names(in: title).contains(name)
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
}

/// Lists of options as programs print them: each on a line of its own, with what it does behind two spaces or more, on the
/// lines below it, or in the paragraph below it.
extension OptionReference {
  /// Most words of what is shown of such an option.
  private static let wordLimit = 60

  fileprivate func definingLine(of passage: Passage, at index: Int) -> Statement? {
    let utf8 = Array(passage.text.utf8)
    let lines = TextLayout.lines(in: 0..<utf8.count, of: utf8, keepsBlank: true)
    for (number, line) in lines.enumerated() {
      guard let option = OptionLine(line, in: utf8) else { continue }
      let term = String(decoding: utf8[option.term], as: UTF8.self)
      guard Self.names(in: term).contains(name), option.text != nil || OptionLine.isBare(term) else {
        continue
      }
      let (parts, isCut) = told(of: option, at: line, before: lines[(number + 1)...], in: utf8)
      guard let end = parts.last?.upperBound else { continue }
      let start = utf8[..<option.term.lowerBound].count(where: Self.beginsScalar)
      let count = utf8[option.term.lowerBound..<end].count(where: Self.beginsScalar)
      var statement = Statement(
        kind: .sentence, range: start..<start + count,
        text: ([option.term] + parts).map { String(decoding: utf8[$0], as: UTF8.self) }
          .joined(separator: "\n"),
        passage: index, position: Self.nowhere)
      statement.termLines = 1
      statement.isCut = isCut
      return statement
    }
    return nil
  }

  /// What an option does: behind it, on the lines below that are set in deeper, or in the paragraph below.
  ///
  /// - Returns: the lines, and whether there are more than are shown.
  private func told(
    of option: OptionLine, at line: Range<Int>, before lines: ArraySlice<Range<Int>>, in utf8: [UInt8]
  ) -> (parts: [Range<Int>], isCut: Bool) {
    let indent = Self.indent(of: line, in: utf8)
    var parts = option.text.map { [$0] } ?? []
    var words = parts.reduce(0) { $0 + utf8[$1].split(separator: 0x20).count }
    var isBehindBlank = false
    for next in lines {
      if next.isEmpty {
        isBehindBlank = true
        continue
      }
      guard utf8[next.lowerBound] != UInt8(ascii: "-") else { break }
      if isBehindBlank {
        guard parts.isEmpty, Self.indent(of: next, in: utf8) >= indent else { break }
      } else if option.text != nil {
        guard Self.indent(of: next, in: utf8) > indent else { break }
      }
      words += utf8[next].split(separator: 0x20).count
      if words > Self.wordLimit, !parts.isEmpty { return (parts, true) }
      parts.append(next)
      isBehindBlank = false
    }
    return (parts, false)
  }

  /// A position that no other statement stands beside.
  private static let nowhere = 1 << 30

  /// Bytes of white space before a line.
  private static func indent(of line: Range<Int>, in utf8: [UInt8]) -> Int {
    let start = utf8[..<line.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return line.lowerBound - start
  }

  private static func beginsScalar(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }
}
