import SQLite

extension Corpus {
  public func documents(
    matching filter: SearchFilter, status: StoredDocument.Status?, offset: Int, limit: Int
  ) throws -> DocumentPage {
    var (condition, values) = filter.condition
    if let status {
      condition += " AND status = ?"
      values.append(.text(status.rawValue))
    }
    return try read {
      var total = 0
      try connection.forEach("SELECT count(*) FROM documents WHERE \(condition)", values) {
        total = $0.integer(0)
      }
      let documents = try documents(
        where: condition, values, order: "ORDER BY collection, source LIMIT \(limit) OFFSET \(offset)")
      return DocumentPage(documents: documents, total: total)
    }
  }

  public func document(_ id: Int) throws -> StoredDocument? {
    try documents(where: "id = ?", [Value(id)]).first
  }

  public func excerpt(of id: Int, range: Range<Int>, context: Int) throws -> DocumentExcerpt? {
    try read {
      let start = max(0, range.lowerBound)
      let before = min(context, start)
      // SQLite counts code points from 1.
      var excerpt = try connection.first(
        """
        SELECT length(text), substr(text, ?2 + 1, ?3), substr(text, ?2 - ?4 + 1, ?4), substr(text, ?2 + ?3 + 1, ?5)
        FROM documents WHERE id = ?1
        """, Value(id), Value(start), Value(range.upperBound - start), Value(before), Value(context)
      ) { row in
        let length = row.integer(0)
        let range = range.clamped(to: 0..<length)
        let isInside = start < length
        return DocumentExcerpt(
          range: range, text: row.text(1), before: isInside ? row.text(2) : "",
          after: isInside ? row.text(3) : "", length: length, headingPath: [])
      }
      try connection.first(
        """
        SELECT heading_path, page, anchor FROM chunks WHERE document_id = ? AND start <= ?
        ORDER BY start DESC LIMIT 1
        """, Value(id), Value(start)
      ) { row in
        excerpt?.headingPath = HeadingPath.decoded(row.text(0))
        excerpt?.page = row.optionalInteger(1)
        excerpt?.anchor = row.optionalText(2)
      }
      return excerpt
    }
  }
}
