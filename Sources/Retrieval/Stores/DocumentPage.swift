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

extension DocumentExcerpt {
  /// A range of `text`, cut to what there is.
  ///
  /// - Parameter context: most code points of what stands before and after.
  init(of text: [Unicode.Scalar], range: Range<Int>, context: Int) {
    func slice(_ range: Range<Int>) -> String {
      var slice = String.UnicodeScalarView()
      slice.append(contentsOf: text[range])
      return String(slice)
    }
    let isInside = range.lowerBound < text.count
    let range = range.clamped(to: 0..<text.count)
    self.init(
      range: range, text: slice(range),
      before: isInside ? slice(max(0, range.lowerBound - context)..<range.lowerBound) : "",
      after: isInside ? slice(range.upperBound..<min(text.count, range.upperBound + context)) : "",
      length: text.count, headingPath: [])
  }
}
