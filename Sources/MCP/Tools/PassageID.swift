/// Names a document, or a range of its text: `SOURCE` or `SOURCE#char=10,33` (RFC 5147), in code points.
struct PassageID: Equatable {
  var source: String
  var range: Range<Int>?

  init(source: String, range: Range<Int>?) {
    self.source = source
    self.range = range
  }

  init(_ text: String) {
    source = text
    guard let mark = text.ranges(of: "#char=").last else { return }
    let numbers = text[mark.upperBound...].split(separator: ",", omittingEmptySubsequences: false).map {
      Int($0)
    }
    guard numbers.count == 2, let start = numbers[0], let end = numbers[1], start >= 0, start <= end else {
      return
    }
    source = String(text[..<mark.lowerBound])
    range = start..<end
  }

  var text: String { range.map { "\(source)#char=\($0.lowerBound),\($0.upperBound)" } ?? source }

  /// Where clients find a document that is not on the web: its resource.
  static func url(of source: String) -> String { DocumentResources.uri(of: source) }
}
