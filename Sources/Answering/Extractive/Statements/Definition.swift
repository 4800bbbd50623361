import Retrieval

/// What a statement says that something is, where its form says so: a term above its definition, as in a glossary or a list of
/// options, or a name and what it does with a sign between them, as in `ls - list directory contents`.
struct Definition: Sendable, Equatable {
  /// Stems of each name of what is defined: `write, ahead, log` and `wal` of `Write-ahead log (WAL)`.
  let names: [[String]]

  /// Nil for a statement of another form, and for one that only points to another.
  init?(_ statement: Statement) {
    guard let (names, text) = Self.parts(of: statement), CrossReference.target(in: text) == nil else {
      return nil
    }
    self.names = names
  }

  /// The names that a statement begins with, as stems, and what it says of them; nil for a statement of another form.
  static func parts(of statement: Statement) -> (names: [[String]], text: String)? {
    let parts: (name: String, text: String)? =
      switch statement.kind {
      case .sentence, .item:
        statement.term.map { ($0, statement.definition) } ?? statement.signature.map { ($0, statement.line) }
          ?? parted(statement.line)
      case .row: entry(statement.cells)
      case .code, .head, .heading: nil
      }
    guard let (term, text) = parts else { return nil }
    let names = term.split(separator: "\n").flatMap(names).filter { !$0.isEmpty }
    return names.isEmpty || Words.of(text).isEmpty ? nil : (names, text)
  }

  /// Whether it defines the thing whose stems are `subject`.
  ///
  /// - Parameter headings: what the headings above it hold, which may name the rest: `--soft` below "git reset".
  func defines(_ subject: [String], under headings: Set<String> = []) -> Bool {
    names.contains { Self.isName($0, of: subject, under: headings) }
  }

  /// Whether stems name the thing whose stems are `subject`, or as much of it as the headings above do not.
  static func isName(_ name: [String], of subject: [String], under headings: Set<String>) -> Bool {
    if name.isEmpty { return false }
    let rest =
      subject.starts(with: name)
      ? subject.dropFirst(name.count)
      : subject.suffix(name.count).elementsEqual(name) ? subject.dropLast(name.count) : nil
    return rest?.allSatisfy(headings.contains) ?? false
  }

  /// Longest name of what a sign parts, in words.
  private static let longestName = 6
  private static let signs = [" \u{2014} ", " \u{2013} ", " - ", " -- ", ": "]

  /// A name and what a row of a table says of it in a sentence.
  private static func entry(_ cells: [String]) -> (name: String, text: String)? {
    guard cells.count > 1, Words.spaced(cells[0]).count <= longestName,
      let text = cells.dropFirst().first(where: { Words.spaced($0).count >= shortestText })
    else { return nil }
    return (cells[0], text)
  }

  /// Fewest words of a cell that says what something is.
  private static let shortestText = 4

  /// The name before a sign and the text after it.
  private static func parted(_ line: String) -> (name: String, text: String)? {
    let found = signs.compactMap { sign in
      line.firstRange(of: sign).map { (line[..<$0.lowerBound], line[$0.upperBound...]) }
    }.min { $0.0.count < $1.0.count }
    guard let (name, text) = found, Words.spaced(String(name)).count <= longestName,
      Words.spaced(String(text)).count > 1
    else { return nil }
    return (String(name), String(text))
  }

  /// A name without what stands in brackets, and that alone, which may be its abbreviation; of a name with dots also the
  /// part after the last: `url_for` of `flask.url_for(endpoint)`.
  static func names(_ term: Substring) -> [[String]] {
    var outside = ""
    var inside = ""
    var depth = 0
    for character in term {
      if "([".contains(character) {
        depth += 1
        inside.append(" ")
        outside.append(" ")
      } else if ")]".contains(character) {
        depth = max(0, depth - 1)
      } else if depth > 0 {
        inside.append(character)
      } else {
        outside.append(character)
      }
    }
    let called = outside.prefix { $0 != "\u{2192}" }.split(separator: " ").last.map(String.init) ?? ""
    let own = called.split(separator: ".").last.map(String.init) ?? ""
    return [outside, inside, own != called && own.first?.isLetter == true ? own : ""].map { text in
      Array(Words.of(text).drop { Words.articles.contains($0) }).map(Words.stem)
    }
  }
}
