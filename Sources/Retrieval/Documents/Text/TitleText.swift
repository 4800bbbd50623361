/// Titles and headings that are stored beside every chunk below them.
enum TitleText {
  /// In bytes. All of a heading as long as a text would make what is stored the square of a document's size.
  static let longest = 1000

  /// The text, or its beginning where it is longer than any title.
  static func shortened(_ utf8: ArraySlice<UInt8>) -> String {
    guard utf8.count > longest else { return String(decoding: utf8, as: UTF8.self) }
    var end = utf8.startIndex + longest
    while end > utf8.startIndex, utf8[end].isContinuation { end -= 1 }
    return String(decoding: utf8[..<end], as: UTF8.self) + "…"
  }
}
