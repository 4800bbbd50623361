/// A part of a list of documents.
public struct DocumentPage: Sendable, Equatable {
  public var documents: [StoredDocument]
  /// How many there are in all.
  public var total: Int

  public init(documents: [StoredDocument], total: Int) {
    self.documents = documents
    self.total = total
  }
}

/// A range of a document's stored text in its surroundings.
public struct DocumentExcerpt: Sendable, Equatable {
  /// Code points of the stored text.
  public var range: Range<Int>
  public var text: String
  /// What stands directly before and after it.
  public var before: String
  public var after: String
  /// Code points of the whole stored text.
  public var length: Int
  /// Of the chunk that the range begins in.
  public var headingPath: [String]
  public var page: Int?
  public var anchor: String?
}

/// What any store can do; a database can do it better.
extension CorpusStore {
  public func documents(
    matching filter: SearchFilter, status: StoredDocument.Status?, offset: Int, limit: Int
  ) async throws -> DocumentPage {
    let all = try await documents(matching: filter).filter { status == nil || $0.status == status }
    return DocumentPage(documents: Array(all.dropFirst(offset).prefix(limit)), total: all.count)
  }

  public func document(_ id: Int) async throws -> StoredDocument? {
    try await documents(matching: SearchFilter()).first { $0.id == id }
  }

  public func excerpt(
    of id: Int, range: Range<Int>, context: Int
  ) async throws -> DocumentExcerpt? {
    guard let document = try await document(id) else { return nil }
    let text = Array(try await text(of: document.source).unicodeScalars)
    func slice(_ range: Range<Int>) -> String {
      var slice = String.UnicodeScalarView()
      slice.append(contentsOf: text[range])
      return String(slice)
    }
    let range = range.clamped(to: 0..<text.count)
    return DocumentExcerpt(
      range: range, text: slice(range),
      before: slice(max(0, range.lowerBound - context)..<range.lowerBound),
      after: slice(range.upperBound..<min(text.count, range.upperBound + context)), length: text.count,
      headingPath: [])
  }
}
