/// What stands at one height of a page.
struct PDFBand {
  /// On one baseline, from left to right; never empty.
  private(set) var segments: [PDFSegment]

  private(set) var top: Double
  private(set) var bottom: Double
  private(set) var height: Double
  private(set) var right: Double
  var left: Double { segments[0].left }
  /// Whether it may be a row of a table: two segments beside each other, and not all of them code.
  var isRow: Bool { segments.count > 1 && !segments.allSatisfy(\.isCode) }

  private init(_ segment: PDFSegment) {
    segments = [segment]
    (top, bottom, height, right) = (segment.top, segment.bottom, segment.height, segment.right)
  }

  private mutating func append(_ segment: PDFSegment) {
    segments.append(segment)
    top = min(top, segment.top)
    bottom = max(bottom, segment.bottom)
    height = max(height, segment.height)
    right = max(right, segment.right)
  }

  /// The bands of a page's segments, from top to bottom.
  static func bands(_ segments: [PDFSegment]) -> [PDFBand] {
    var bands: [PDFBand] = []
    for segment in segments.sorted(by: { ($0.bottom, $0.left) < ($1.bottom, $1.left) }) {
      if let first = bands.last?.segments.first,
        segment.bottom - first.bottom < 0.35 * min(segment.height, first.height),
        bands[bands.count - 1].segments.allSatisfy({
          $0.right <= segment.left + 1 || $0.left >= segment.right - 1
        })
      {
        bands[bands.count - 1].append(segment)
      } else {
        bands.append(PDFBand(segment))
      }
    }
    for index in bands.indices {
      bands[index].segments.sort { $0.left < $1.left }
      bands[index].joinMarker()
    }
    return bands
  }

  /// The same with segments over several columns cut between them.
  func cut(at columns: [ClosedRange<Double>]) -> PDFBand {
    var band = self
    band.segments = segments.flatMap { PDFTableGrid.parts(of: $0, columns) }
    return band
  }

  /// Joins a bullet or a number of a list, where poppler has it as a line of its own, to the words behind it.
  private mutating func joinMarker() {
    guard segments.count > 1, ListMarker.kind("\(segments[0].text) x") != nil else { return }
    segments[1].left = segments[0].left
    segments[1].text = "\(segments[0].text) \(segments[1].text)"
    segments[1].words = segments[0].words + segments[1].words
    segments[1].joined = segments[0].line
    segments.removeFirst()
  }
}
