/// Relevance by query and document, as a table says it: BEIR's with tabs and a line of names, in any order of columns,
/// or TREC's of four columns without names.
struct Judgements {
  private(set) var scores: [String: [String: Double]] = [:]

  private struct Columns {
    var query = 0
    var document = 1
    /// Nil where being named is being relevant.
    var score: Int? = 2

    /// The columns of a table without names.
    init(count: Int) {
      if count == 2 { score = nil }
      // The second of TREC's says nothing.
      if count > 3 { (document, score) = (2, 3) }
    }

    /// The columns that a line of names tells; nil if it is none.
    init?(names: [String]) {
      // Ids may be words, but a score never is; where there is no score, ids are told by their digits.
      guard names.count > 1, !names.contains(where: { Double($0) != nil }),
        names.count > 2 || !names.contains(where: { $0.contains(where: \.isNumber) })
      else { return nil }
      self.init(count: names.count)
      func position(_ parts: String...) -> Int? {
        names.firstIndex { name in parts.contains { name.lowercased().contains($0) } }
      }
      guard let query = position("query", "qid", "topic", "question"),
        let document = position("corpus", "doc", "pid", "passage"), query != document
      else {
        if names.count == 2 { return nil }
        return
      }
      (self.query, self.document) = (query, document)
      score = position("score", "rel", "label", "grade", "judg")
    }
  }

  init(_ text: String) throws {
    var columns: Columns?
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let fields = Self.fields(line)
      if fields.isEmpty { continue }
      if columns == nil {
        columns = Columns(names: fields)
        if columns != nil { continue }
        columns = Columns(count: fields.count)
      }
      guard let columns, fields.count > max(columns.query, columns.document, columns.score ?? 0),
        let score = columns.score.map({ Double(fields[$0]) }) ?? 1, score.isFinite
      else {
        throw LabelledSet.Failure(
          description: "Line \(index + 1) of the judgements: query, document and score expected.")
      }
      scores[fields[columns.query], default: [:]][fields[columns.document]] = score
    }
  }

  /// What stands between tabs, or where there are none between spaces.
  private static func fields(_ line: Substring) -> [String] {
    guard line.contains("\t") else { return line.split(whereSeparator: \.isWhitespace).map(String.init) }
    guard !line.allSatisfy(\.isWhitespace) else { return [] }
    return line.split(separator: "\t", omittingEmptySubsequences: false).map { field in
      String(field.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
  }
}
