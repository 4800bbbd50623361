/// Finds the columns of a table by the strips between them that no text, or hardly any, stands in.
struct PDFTableColumns {
  /// How many bands have a segment at each point of the page's width.
  private var segments: [Int]
  /// How many have words there, wide spaces left out.
  private var words: [Int]
  /// Bands of two segments or more.
  private var rows = 0
  private var height = 0.0

  /// - Parameter width: where the page's text ends.
  init(width: Double) {
    segments = [Int](repeating: 0, count: Int(max(0, min(width, 10_000))) + 2)
    words = segments
  }

  mutating func add(_ band: PDFBand) { change(band, by: 1) }

  mutating func remove(_ band: PDFBand) { change(band, by: -1) }

  private mutating func change(_ band: PDFBand, by step: Int) {
    if band.segments.count > 1 { rows += step }
    height = max(height, band.height)
    for segment in band.segments {
      Self.add(step, to: &segments, segment.left, segment.right)
      if segment.runs.isEmpty { Self.add(step, to: &words, segment.left, segment.right) }
      for run in segment.runs { Self.add(step, to: &words, run.left, run.right) }
    }
  }

  private static func add(_ step: Int, to counts: inout [Int], _ left: Double, _ right: Double) {
    let first = max(0, Int(left.rounded()))
    let last = min(counts.count - 1, Int(right.rounded()))
    if first <= last { for x in first...last { counts[x] += step } }
  }

  /// From left to right. Of four rows and more, one in eight may run over the end of its column.
  var ranges: [ClosedRange<Double>] {
    // Of few rows, wide spaces at the same place are chance.
    let counts = rows > 3 ? words : segments
    guard let first = counts.firstIndex(where: { $0 > 0 }), let last = counts.lastIndex(where: { $0 > 0 })
    else {
      return []
    }
    let least = max(2, Int(0.3 * height))
    let empty = strips(of: counts, in: first...last, atMost: 0, least: least)
    var strips = empty
    if rows > 3 {
      strips += self.strips(of: counts, in: first...last, atMost: max(1, rows / 8), least: least).filter {
        strip in
        !empty.contains { $0.overlaps(strip) }
      }
    }
    var ranges: [ClosedRange<Double>] = []
    var start = first
    for strip in strips.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      ranges.append(Double(start)...Double(max(start, strip.lowerBound - 1)))
      start = strip.upperBound
    }
    ranges.append(Double(start)...Double(last))
    return ranges
  }

  /// Inner strips that at most so many bands have text in.
  private func strips(
    of counts: [Int], in range: ClosedRange<Int>, atMost most: Int, least: Int
  ) -> [Range<Int>] {
    var strips: [Range<Int>] = []
    var start: Int?
    for x in range {
      if counts[x] <= most {
        if start == nil { start = x }
      } else if let from = start {
        if x - from >= least, from > range.lowerBound { strips.append(from..<x) }
        start = nil
      }
    }
    return strips
  }
}
