import SQLite

extension Corpus {
  /// Rows of the documents that a filter lets through; nil for all.
  func documentIDs(_ filter: SearchFilter) throws -> Set<Int>? {
    if filter.isEmpty { return nil }
    let (condition, values) = filter.condition
    var ids: Set<Int> = []
    try reported {
      try connection.forEach("SELECT id FROM documents WHERE \(condition)", values) {
        ids.insert($0.integer(0))
      }
    }
    return ids
  }

  /// What stands at places of documents' stored texts, in their order; nil where there is no such document.
  func texts(_ places: [TextPlace]) throws -> [String?] {
    try read {
      try places.map { place in
        // SQLite counts code points from 1.
        try connection.first(
          "SELECT substr(text, ? + 1, ?) FROM documents WHERE id = ?", Value(place.range.lowerBound),
          Value(place.range.count), Value(place.document)
        ) { $0.text(0) }
      }
    }
  }

  /// The websites of the corpus's folders as they are now.
  func links() throws -> SiteLinkBook {
    let text = try value(SiteLinkBook.key, of: SiteLinkBook.shelf)
    if text != siteLinks.text { siteLinks = (text, SiteLinkBook(stored: text)) }
    return siteLinks.book
  }

  /// The first passage of the page, or of the section below `headings`, that a passage stands in.
  func opening(of passage: Passage, below headings: ArraySlice<String>) throws -> Passage? {
    let section = HeadingPath.encoded(Array(headings))
    // The chunks of a section follow each other: it begins behind the last one before the passage that is of another.
    let chunk = try reported {
      try connection.first(
        """
        SELECT id FROM chunks WHERE document_id = ?1 AND ordinal > coalesce(
          (SELECT ordinal FROM chunks WHERE document_id = ?1 AND ordinal < ?2 AND ?3 <> ''
            AND substr(heading_path || char(31), 1, length(?3) + 1) <> ?3 || char(31)
            ORDER BY ordinal DESC LIMIT 1), -1)
          ORDER BY ordinal LIMIT 1
        """, Value(passage.documentID), Value(passage.ordinal), .text(section)
      ) { $0.integer(0) }
    }
    return try chunk.flatMap { try passages([$0]).first }
  }

  /// A passage together with the chunk at another place of its document.
  func joined(_ passage: Passage, to ordinal: Int) throws -> Passage? {
    let row = try reported {
      try connection.first(
        "SELECT id FROM chunks WHERE document_id = ? AND ordinal = ?", Value(passage.documentID),
        Value(ordinal)
      ) { $0.integer(0) }
    }
    guard let row, let chunk = try passages([row]).first else { return nil }
    let places = PassageMerge.gaps(between: [passage, chunk])
    let texts = try texts(places)
    let gaps = zip(places, texts).compactMap { place, text in text.map { (place, $0) } }
    return PassageMerge.merged(
      [passage, chunk], gaps: Dictionary(gaps, uniquingKeysWith: { first, _ in first }))
  }

  /// The passages of `chunks`, in their order, without scores. A chunk that has been removed meanwhile is left out.
  func passages(_ chunks: [Int]) throws -> [Passage] {
    try read {
      let links = try links()
      return try chunks.compactMap { chunk in
        try connection.first(
          """
          SELECT chunks.id, document_id, name, source, collection, title, heading_path, page, anchor, start, "end",
            chunks.text, ordinal, header
          FROM chunks JOIN documents ON documents.id = document_id WHERE chunks.id = ?
          """, Value(chunk)
        ) { row in
          var passage = Passage(
            chunk: row.integer(0), documentID: row.integer(1), document: row.text(2), source: row.text(3),
            collection: row.text(4), title: row.optionalText(5),
            headingPath: HeadingPath.decoded(row.text(6)),
            page: row.optionalInteger(7), anchor: row.optionalText(8),
            url: DocumentLink.url(
              row.text(3), at: links.address(of: row.text(3), in: row.text(4)), anchor: row.optionalText(8),
              page: row.optionalInteger(7)), start: row.integer(9),
            end: row.integer(10), text: row.text(11), ordinal: row.integer(12), score: 0)
          passage.tableHead = Chunk.tableHead(
            in: row.text(13), title: passage.title, headingPath: passage.headingPath)
          return passage
        }
      }
    }
  }
}
