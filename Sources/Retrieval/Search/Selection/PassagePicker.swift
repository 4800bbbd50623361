/// Takes ranked passages one by one until as many as are wanted have been selected.
struct PassagePicker {
  /// Code points between chunks that still are neighbours: the white space that parts paragraphs.
  private static let widestGap = 8

  private let selection: PassageSelection
  private let limit: Int
  private let question: TextPrint
  private var seen: [Seen] = []
  /// Chunks that become one passage, the best first; nil for one that has become part of another.
  private var groups: [Group?] = []
  /// Groups by the chunks in them.
  private var places: [Place: Int] = [:]
  /// What was left out, by the chunk that it repeats.
  private var duplicates: [Int: [Passage.Duplicate]] = [:]
  private var taken = 0
  /// Passages that were selected so far.
  private var count = 0

  private struct Ranked {
    var rank: Int
    var passage: Passage
  }

  private struct Place: Hashable {
    var document: Int
    var ordinal: Int
  }

  /// Chunks that follow each other in one section.
  private struct Group {
    var chunks: [Ranked]
    var start: Int
    var end: Int

    init(_ chunk: Ranked) {
      chunks = [chunk]
      (start, end) = (chunk.passage.start, chunk.passage.end)
    }

    var best: Passage { chunks[0].passage }

    mutating func add(_ other: Group) {
      chunks = (chunks + other.chunks).sorted { $0.rank < $1.rank }
      (start, end) = (min(start, other.start), max(end, other.end))
    }
  }

  init(_ selection: PassageSelection, limit: Int, question: String) {
    self.selection = selection
    self.limit = limit
    self.question = TextPrint(question)
  }

  /// Passages that are still wanted.
  var missing: Int { max(0, limit - count) }

  /// Takes the next passage of the ranking; one that is not wanted any more is let go.
  mutating func add(_ passage: Passage) {
    guard missing > 0, !repeatsBetterOne(passage) else { return }
    var group = Group(Ranked(rank: taken, passage: passage))
    taken += 1
    count += 1
    var own = groups.count
    groups.append(group)
    if selection.mergesNeighbours {
      for ordinal in [passage.ordinal - 1, passage.ordinal + 1] {
        guard let index = places[Place(document: passage.documentID, ordinal: ordinal)], index != own,
          let other = groups[index], belongTogether(group, other)
        else { continue }
        // The better one keeps its place.
        group.add(other)
        groups[max(index, own)] = nil
        own = min(index, own)
        count -= 1
      }
    }
    groups[own] = group
    for chunk in group.chunks {
      places[Place(document: passage.documentID, ordinal: chunk.passage.ordinal)] = own
    }
  }

  private func belongTogether(_ first: Group, _ second: Group) -> Bool {
    guard first.best.headingPath == second.best.headingPath,
      max(first.end, second.end) - min(first.start, second.start) <= selection.longest
    else { return false }
    return max(first.start, second.start) - min(first.end, second.end) <= Self.widestGap
  }

  /// What was selected, best first, neighbours as one passage where the text between them can be read.
  ///
  /// - Parameter texts: reads all that is missing at once.
  func passages(reading texts: ([TextPlace]) async throws -> [String?]) async throws -> [Passage] {
    let groups = groups.compactMap { $0?.chunks }
    let gaps = groups.flatMap { PassageMerge.gaps(between: $0.map(\.passage)) }
    let read = gaps.isEmpty ? [] : try await texts(gaps)
    let found = Dictionary(zip(gaps, read)) { first, _ in first }.compactMapValues { $0 }
    var result: [Ranked] = []
    for var group in groups {
      for index in group.indices { group[index].passage.duplicates = duplicates[group[index].passage.chunk] }
      if let passage = PassageMerge.merged(group.map(\.passage), gaps: found) {
        result.append(Ranked(rank: group[0].rank, passage: passage))
      } else {
        result += group
      }
    }
    return result.sorted { $0.rank < $1.rank }.prefix(limit).map(\.passage)
  }

  // MARK: Near duplicates

  private struct Seen {
    var chunk: Int
    var document: Int
    var text: String
    var sketch: TextSketch
  }

  /// Whether a better passage says the same in almost the same words.
  ///
  /// Texts made after one pattern are not the same if they name other numbers, or if one of them holds a word of the
  /// question that the other lacks: what differs may be what was asked for.
  private mutating func repeatsBetterOne(_ passage: Passage) -> Bool {
    guard let bound = selection.duplicates else { return false }
    let sketch = TextSketch(passage.text)
    var print: TextPrint?
    for better in seen where better.sketch.mayResemble(sketch) {
      let own = print ?? TextPrint(passage.text)
      print = own
      let other = TextPrint(better.text)
      if own.numbers == other.numbers, own.overlap(other) >= bound,
        TextPrint.common(own.words, question.words) == TextPrint.common(other.words, question.words)
      {
        if better.document != passage.documentID {
          let place = Passage.Duplicate(
            document: passage.document, source: passage.source, start: passage.start, end: passage.end)
          duplicates[better.chunk, default: []].append(place)
        }
        return true
      }
    }
    seen.append(
      Seen(chunk: passage.chunk, document: passage.documentID, text: passage.text, sketch: sketch))
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
