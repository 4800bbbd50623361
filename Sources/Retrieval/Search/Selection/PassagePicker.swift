/// Takes ranked passages one by one until as many as are wanted have been selected.
struct PassagePicker {
  /// Code points between chunks that still are neighbours: the white space that parts paragraphs.
  private static let widestGap = 8

  private let selection: PassageSelection
  private let limit: Int
  private let question: TextPrint
  private var seen: [TextPrint] = []
  /// Chunks that become one passage, the best first.
  private var groups: [[Ranked]] = []
  private var taken = 0

  private struct Ranked {
    var rank: Int
    var passage: Passage
  }

  init(_ selection: PassageSelection, limit: Int, question: String) {
    self.selection = selection
    self.limit = limit
    self.question = TextPrint(question)
  }

  /// Passages that are still wanted.
  var missing: Int { max(0, limit - groups.count) }

  /// Takes the next passage of the ranking; one that is not wanted any more is let go.
  mutating func add(_ passage: Passage) {
    guard missing > 0, !repeatsBetterOne(passage) else { return }
    let ranked = Ranked(rank: taken, passage: passage)
    taken += 1
    guard let index = groups.firstIndex(where: { areNeighbours([ranked], $0) }) else {
      groups.append([ranked])
      return
    }
    groups[index].append(ranked)
    // It may have closed the gap between two passages.
    if let other = groups[(index + 1)...].firstIndex(where: { areNeighbours($0, groups[index]) }) {
      let chunks = groups.remove(at: other)
      groups[index] = (groups[index] + chunks).sorted { $0.rank < $1.rank }
    }
  }

  /// What was selected, best first, neighbours as one passage where the text between them can be read.
  func passages(
    between: (_ document: Int, _ range: Range<Int>) async throws -> String?
  ) async throws -> [Passage] {
    var result: [Ranked] = []
    for group in groups {
      if let passage = try await PassageMerge.merged(group.map(\.passage), between: between) {
        result.append(Ranked(rank: group[0].rank, passage: passage))
      } else {
        result += group
      }
    }
    return result.sorted { $0.rank < $1.rank }.prefix(limit).map(\.passage)
  }

  private func areNeighbours(_ first: [Ranked], _ second: [Ranked]) -> Bool {
    guard selection.mergesNeighbours, let a = first.first?.passage, let b = second.first?.passage,
      a.documentID == b.documentID,
      a.headingPath == b.headingPath, let x = Span(first), let y = Span(second),
      x.ordinals.upperBound == y.ordinals.lowerBound || y.ordinals.upperBound == x.ordinals.lowerBound,
      max(x.end, y.end) - min(x.start, y.start) <= selection.longest
    else { return false }
    return x.start <= y.start ? y.start - x.end <= Self.widestGap : x.start - y.end <= Self.widestGap
  }

  /// The part of a document that some chunks cover.
  private struct Span {
    var ordinals: Range<Int>
    var start: Int
    var end: Int

    init?(_ chunks: [Ranked]) {
      guard let first = chunks.first?.passage else { return nil }
      ordinals = first.ordinal..<first.ordinal + 1
      (start, end) = (first.start, first.end)
      for chunk in chunks.dropFirst().map(\.passage) {
        ordinals = min(ordinals.lowerBound, chunk.ordinal)..<max(ordinals.upperBound, chunk.ordinal + 1)
        start = min(start, chunk.start)
        end = max(end, chunk.end)
      }
    }
  }

  // MARK: Near duplicates

  /// Whether a better passage says the same in almost the same words.
  ///
  /// Texts made after one pattern are not the same if they name other numbers, or if one of them holds a word of the
  /// question that the other lacks: what differs may be what was asked for.
  private mutating func repeatsBetterOne(_ passage: Passage) -> Bool {
    guard let bound = selection.duplicates else { return false }
    let print = TextPrint(passage.text)
    let asked = TextPrint.common(print.words, question.words)
    for better in seen {
      let sizes = (Double(print.shingles.count), Double(better.shingles.count))
      guard min(sizes.0, sizes.1) >= bound * max(sizes.0, sizes.1), print.numbers == better.numbers,
        print.overlap(better) >= bound,
        TextPrint.common(better.words, question.words) == asked
      else { continue }
      return true
    }
    seen.append(print)
    return false
  }

  // MARK: Diversity

  /// The passages in the order of maximal marginal relevance: what each adds to the ones before it counts.
  static func diversified(_ passages: [Passage], by diversity: Double, limit: Int) -> [Passage] {
    guard diversity > 0, let best = passages.first else { return passages }
    let prints = passages.map { TextPrint($0.text) }
    let highest = best.score == 0 ? 1 : best.score
    var left = Array(passages.indices)
    var nearest = [Double](repeating: 0, count: passages.count)
    var chosen: [Int] = []
    while !left.isEmpty, chosen.count < limit {
      func value(_ index: Int) -> Double {
        (1 - diversity) * passages[index].score / highest - diversity * nearest[index]
      }
      // The first of equal ones, which the ranking prefers.
      let position = left.indices.reduce(0) { value(left[$1]) > value(left[$0]) ? $1 : $0 }
      let next = left.remove(at: position)
      chosen.append(next)
      for index in left { nearest[index] = max(nearest[index], prints[index].resemblance(prints[next])) }
    }
    return (chosen + left).map { passages[$0] }
  }
}
