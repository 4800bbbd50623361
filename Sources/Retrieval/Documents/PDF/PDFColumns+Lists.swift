extension PDFColumns {
  /// Fewest lines that a column of lists has.
  private static let fewestOfList = 25

  /// Where the columns of a page of lists meet, such as a reference card: at its half, or at its thirds. Their lines need
  /// not be full; those side by side stand at heights of their own here and there, unlike a table's.
  static func gutters(_ lines: [PDFLine]) -> [Double] {
    guard lines.count >= 2 * fewestOfList, let left = lines.map(\.left).min(),
      let right = lines.map(\.right).max()
    else {
      return []
    }
    let width = right - left
    for shares: [Double] in [[0.5], [1.0 / 3, 2.0 / 3]] {
      let gutters = shares.map { left + $0 * width }
      if gutters.allSatisfy({ isGutter($0, of: lines) }) { return gutters }
    }
    return []
  }

  private static func isGutter(_ x: Double, of lines: [PDFLine]) -> Bool {
    var (before, behind): ([PDFLine], [PDFLine]) = ([], [])
    var end = -Double.infinity
    var start = Double.infinity
    var across = 0
    for line in lines {
      if line.right <= x {
        before.append(line)
        end = max(end, line.right)
      } else if line.left >= x {
        behind.append(line)
        start = min(start, line.left)
      } else {
        across += 1
      }
    }
    guard across * 33 <= lines.count, min(before.count, behind.count) >= fewestOfList else { return false }
    let height = lines.map(\.height).sorted()[lines.count / 2]
    guard start - end > 2 * height else { return false }
    let (few, many) = before.count < behind.count ? (before, behind) : (behind, before)
    let bottoms = many.map(\.bottom).sorted()
    var (beside, between) = (0, 0)
    for line in few {
      let index = bottoms.partitioningIndex { $0 > line.bottom - 0.85 * height }
      let nearest = bottoms[index...].prefix(3).map { abs($0 - line.bottom) }.min() ?? .infinity
      if nearest < 0.35 * height { beside += 1 } else if nearest < 0.85 * height { between += 1 }
    }
    return beside * 100 < few.count * 85 && between * 9 > few.count
  }
}

extension [Double] {
  /// Index of the first element that `isBehind`, of an array in order.
  fileprivate func partitioningIndex(_ isBehind: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
