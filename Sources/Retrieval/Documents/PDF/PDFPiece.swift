/// A paragraph, heading or other block while a PDF's text is put together.
struct PDFPiece {
  enum Kind: Equatable {
    case paragraph, listItem, code, table
    /// A heading, by its font's height in points and its section number's depth ("2.7": 2), if it has one.
    case heading(height: Double, depth: Int?)
  }

  var kind: Kind
  var text: String
  /// Page on which it begins.
  var page: Int
  /// Height on that page where it begins, in points from above.
  var top: Double
  /// Where its first line ends, or a heading's last.
  var bottom: Double
  /// Set small at the foot of its page: text may go on around it.
  var isNote = false
}
