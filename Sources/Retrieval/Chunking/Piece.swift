import Models

/// The smallest part that chunks are put together from: a sentence, a row, a line of code, or a block that
/// fits whole.
struct Piece {
  /// UTF-8 offsets in the document's text.
  var range: Range<Int>
  var tokens: Int
  /// Index of the block that it comes from.
  var block: Int
  /// Whether it may be repeated at the start of the next chunk.
  var overlaps: Bool
  /// First row of the table that this piece continues.
  var tableHeader: Range<Int>?
}

/// Cuts blocks into pieces that are no larger than a budget.
struct PieceCutter {
  let utf8: [UInt8]
  let tokens: any TokenCounter

  func pieces(of block: Block, index: Int, budget: Int) -> [Piece] {
    switch block.kind {
    case .code, .table:
      let whole = piece(block.range, block: index)
      if whole.tokens <= budget { return [whole] }
      return rows(of: block, index: index, budget: budget)
    case .heading, .paragraph, .listItem, .quote:
      return SentenceSplitter.sentences(in: utf8, block.range).flatMap { sentence in
        fitted(piece(sentence, block: index, overlaps: true), budget: budget)
      }
    }
  }

  private func rows(of block: Block, index: Int, budget: Int) -> [Piece] {
    var pieces: [Piece] = []
    var header: Range<Int>?
    for line in lines(in: block.range) {
      var row = piece(line, block: index)
      if block.kind == .table {
        if let first = header { row.tableHeader = first } else { header = line }
      }
      pieces += fitted(row, budget: budget)
    }
    return pieces
  }

  /// Lines that hold more than white space.
  private func lines(in range: Range<Int>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = utf8[start..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
      if SentenceSplitter.skipSpace(utf8, start, end) < end { lines.append(start..<end) }
      start = end + 1
    }
    return lines
  }

  func count(_ range: Range<Int>) -> Int {
    tokens.count(String(decoding: utf8[range], as: UTF8.self))
  }

  private func piece(_ range: Range<Int>, block: Int, overlaps: Bool = false) -> Piece {
    Piece(range: range, tokens: count(range), block: block, overlaps: overlaps, tableHeader: nil)
  }

  /// The piece itself where it fits; otherwise parts of it, cut at white space if there is some.
  private func fitted(_ whole: Piece, budget: Int) -> [Piece] {
    guard whole.tokens > budget else { return [whole] }
    var parts: [Piece] = []
    var rest = whole.range
    while !rest.isEmpty {
      let end = longestPrefix(of: rest, budget: budget)
      var part = piece(
        rest.lowerBound..<SentenceSplitter.trimEnd(utf8, rest.lowerBound, end), block: whole.block)
      part.tableHeader = whole.tableHeader
      if !part.range.isEmpty { parts.append(part) }
      rest = SentenceSplitter.skipSpace(utf8, end, rest.upperBound)..<rest.upperBound
    }
    return parts
  }

  /// End of a prefix that has at most `budget` tokens and is close to the longest, at white space where the prefix
  /// holds some, otherwise between two code points.
  private func longestPrefix(of range: Range<Int>, budget: Int) -> Int {
    // A token has at least one byte, and rarely more than 16: look no further than that.
    var low = range.lowerBound
    var high = min(range.upperBound, range.lowerBound + max(64, budget * 16))
    if high == range.upperBound, count(range) <= budget { return high }
    while high - low > 4 {
      let middle = (low + high) / 2
      if count(range.lowerBound..<boundary(atOrBefore: middle, after: range.lowerBound)) <= budget {
        low = middle
      } else {
        high = middle
      }
    }
    let end = boundary(atOrBefore: low, after: range.lowerBound)
    if let space = utf8[range.lowerBound..<end].lastIndex(where: SentenceSplitter.isSpace),
      SentenceSplitter.skipSpace(utf8, range.lowerBound, space) < space
    {
      return space
    }
    if end > range.lowerBound { return end }
    // Not even the first code point fits the budget: it must go somewhere.
    var next = range.lowerBound + 1
    while next < range.upperBound, utf8[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }

  private func boundary(atOrBefore offset: Int, after start: Int) -> Int {
    var boundary = offset
    while boundary > start, boundary < utf8.count, utf8[boundary] & 0xC0 == 0x80 { boundary -= 1 }
    return boundary
  }
}
