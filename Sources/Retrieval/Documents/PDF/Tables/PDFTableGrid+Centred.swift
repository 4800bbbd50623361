/// Rows whose cells are centred on one height: a cell of one line stands between the two lines of its neighbour.
extension PDFTableGrid {
  /// Most bands that overlap one after the other within a row.
  private static let longest = 7

  /// Runs of bands each of which stands between lines of other columns.
  private var chains: [Range<Int>] {
    var chains: [Range<Int>] = []
    for index in cells.indices {
      if let last = chains.last, gaps[index] < Self.overlap,
        filled(index).isDisjoint(with: filled(index - 1))
      {
        chains[chains.count - 1] = last.lowerBound..<(index + 1)
      } else {
        chains.append(index..<(index + 1))
      }
    }
    return chains
  }

  /// Whether some first cell stands between lines of the others.
  var isCentred: Bool {
    let chains = chains.filter { $0.count > 1 }
    return chains.contains { $0.contains { cells[$0][0] != nil } }
      && !chains.contains { $0.count > Self.longest }
  }

  /// Whether the columns have their lines at different heights, as texts side by side do.
  var isMisaligned: Bool {
    let apart = gaps.dropFirst().count { $0 < Self.overlap }
    return apart * 4 > cells.count && !isCentred
  }

  /// The bands that rows begin with: a row reaches as far below the middle of its first cell as above it.
  var centredStarts: [Int] {
    var starts = [0]
    let chains = chains
    for (number, chain) in chains.enumerated() {
      let keys = chain.filter { cells[$0][0] != nil }
      guard let first = keys.first, let last = keys.last else { continue }
      let start = starts[starts.count - 1]
      let middle = (bottom(first) + bottom(last)) / 2
      let reach = max(middle - bottom(start), bottom(last) - middle)
      var end = chain.upperBound
      for next in chains[(number + 1)...] {
        guard next.allSatisfy({ cells[$0][0] == nil }),
          bottom(next.upperBound - 1) <= middle + reach + 0.3 * height(last)
        else { break }
        end = next.upperBound
      }
      if end < cells.count { starts.append(end) }
    }
    return starts
  }
}
