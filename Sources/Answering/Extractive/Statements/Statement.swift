import Retrieval

/// The smallest piece of a passage that can be an answer: a sentence, an item of a list, a row of a table or a
/// block of code. Headings are told apart, as they announce an answer and give none.
struct Statement: Sendable, Equatable {
  enum Kind: Sendable {
    case sentence, item, row, code
    /// The first row of a table, which names its columns.
    case head
    /// A heading, or a question that the text itself asks.
    case heading
  }

  var kind: Kind
  /// Code points of the passage's text.
  var range: Range<Int>
  var text: String
  /// Index of the passage.
  var passage: Int
  /// Position in the passage, from 0.
  var position: Int
  /// What an item of a list begins with, such as `-` or `2.`.
  var marker: String?
  /// The headings right above it within the passage; empty where the passage begins with it.
  var section = ""
  /// The heading right above it, where that says that it is not so any more, or not at all.
  var caveat: String?
  /// Names of a row's columns, where the passage begins within the table and its head is elsewhere.
  var columns: [String]?
  /// Lines that `text` begins with and that are the term of a definition, which the rest of it gives.
  var termLines = 0
  /// The function whose signature stands right above it, where that is too long to be shown as a term.
  var signature: String?
  /// Whether the text goes on behind it, because it is longer than a statement may be.
  var isCut = false
  /// The term whose definition an earlier statement began and this one goes on with.
  var under: String?
  /// Whether it is the rest of a sentence that the statement before it began.
  var goesOn = false

  /// Words, as a reader counts them.
  var words: Int { Words.spaced(text).count }

  /// The statement on one line, with a colon after the term of a definition.
  var line: String {
    guard let term else { return Self.oneLine(text) }
    return "\(term.split(separator: "\n").joined(separator: ", ")): \(Self.oneLine(definition))"
  }

  /// The terms that the statement defines, a line each; nil if it defines none.
  var term: String? { termLines > 0 ? lines.prefix(termLines).joined(separator: "\n") : nil }

  /// What is said of the term.
  var definition: String { lines.dropFirst(termLines).joined(separator: "\n") }

  private var lines: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { Self.oneLine(String($0)) }
  }

  private static func oneLine(_ text: String) -> String { Words.spaced(text).joined(separator: " ") }
}

extension Statement {
  /// Statements of a passage in reading order.
  ///
  /// - Parameter index: position of the passage among those of an answer.
  static func statements(of passage: Passage, at index: Int) -> [Statement] {
    StatementReader(passage, at: index).statements
  }

  /// Whether it is an item of a numbered list.
  var isStep: Bool { marker?.first?.isNumber ?? false }

  /// Whether it is the one before `other` in the same passage.
  func stands(before other: Statement) -> Bool {
    passage == other.passage && position + 1 == other.position
  }
}
