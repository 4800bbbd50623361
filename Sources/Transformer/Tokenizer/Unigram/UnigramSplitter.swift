/// Splits texts into the most probable pieces of a Unigram vocabulary, as SentencePiece makes them.
final class UnigramSplitter: PieceSplitter {
  private let table: PieceTable
  private let definition: UnigramDefinition
  private let rawTokens: AddedTokens
  private let normalizedTokens: AddedTokens
  private let path: BestPath

  init(_ definition: UnigramDefinition) {
    self.definition = definition
    table = PieceTable(definition.pieces)
    rawTokens = AddedTokens(definition.addedTokens.filter { !$0.isNormalized })
    normalizedTokens = AddedTokens(
      definition.addedTokens.filter(\.isNormalized).map { token in
        var token = token
        token.text = String(decoding: definition.normalizer.normalize(token.text), as: UTF8.self)
        return token
      })
    let least = definition.pieces.scores.min() ?? 0
    let table = self.table
    let byteIDs =
      definition.fallsBackToBytes ? (0..<256).compactMap { table.id(of: Self.byteName($0)) } : []
    path = BestPath(
      table: table, unknown: definition.unknown, unknownScore: least - BestPath.unknownPenalty,
      byteIDs: byteIDs)
  }

  /// The name of the piece for a byte, such as `<0x0A>`.
  static func byteName(_ byte: Int) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "<0x\(digits.count < 2 ? "0" : "")\(digits)>"
  }

  var largestID: Int32 {
    max(Int32(table.pieces.count - 1), rawTokens.largestID, normalizedTokens.largestID)
  }

  func isPiece(_ word: String) -> Bool {
    table.id(of: String(decoding: definition.metaspace.mark, as: UTF8.self) + word) != nil
  }

  func append(_ text: UnsafeBufferPointer<UInt8>, to ids: inout [Int32], limit: Int) {
    var run = Run(splitter: self, path: path, limit: limit)
    swap(&run.ids, &ids)
    run.forEachPart(of: text, between: rawTokens) { run, part in run.normalizeAndSplit(part) }
    swap(&run.ids, &ids)
  }

  /// The buffers of one pass over a text.
  private struct Run {
    let splitter: UnigramSplitter
    var path: BestPath
    let limit: Int
    var ids: [Int32] = []
    private var normalized: [UInt8] = []
    private var marked: [UInt8] = []

    init(splitter: UnigramSplitter, path: BestPath, limit: Int) {
      self.splitter = splitter
      self.path = path
      self.limit = limit
    }

    /// Appends the ids of added tokens, and hands what stands between them to `body`.
    mutating func forEachPart(
      of text: UnsafeBufferPointer<UInt8>, between tokens: AddedTokens,
      _ body: (inout Run, UnsafeBufferPointer<UInt8>) -> Void
    ) {
      var position = 0
      while position < text.count, ids.count < limit {
        let token = tokens.isEmpty ? nil : tokens.next(in: text, from: position)
        let end = token?.range.lowerBound ?? text.count
        if end > position { body(&self, UnsafeBufferPointer(rebasing: text[position..<end])) }
        if let token { ids.append(token.id) }
        position = token?.range.upperBound ?? text.count
      }
    }

    mutating func normalizeAndSplit(_ text: UnsafeBufferPointer<UInt8>) {
      var normalized: [UInt8] = []
      swap(&normalized, &self.normalized)
      splitter.definition.normalizer.normalize(text, into: &normalized)
      normalized.withUnsafeBufferPointer { text in
        forEachPart(of: text, between: splitter.normalizedTokens) { run, part in
          if run.splitter.definition.splitsAtWhiteSpace { run.splitWords(part) } else { run.split(part) }
        }
      }
      swap(&normalized, &self.normalized)
    }

    /// Takes what stands between white space for itself.
    private mutating func splitWords(_ text: UnsafeBufferPointer<UInt8>) {
      var start = 0
      while start < text.count, ids.count < limit {
        start = WhiteSpace.end(after: start, in: text)
        var end = start
        while end < text.count, WhiteSpace.length(at: end, in: text) == 0 { end += 1 }
        if end > start { split(UnsafeBufferPointer(rebasing: text[start..<end])) }
        start = end
      }
    }

    private mutating func split(_ text: UnsafeBufferPointer<UInt8>) {
      let metaspace = splitter.definition.metaspace
      var marked: [UInt8] = []
      swap(&marked, &self.marked)
      metaspace.mark(text, into: &marked)
      marked.withUnsafeBufferPointer { marked in
        var start = 0
        while start < marked.count, ids.count < limit {
          let end = metaspace.end(after: start, in: marked)
          path.append(UnsafeBufferPointer(rebasing: marked[start..<end]), to: &ids)
          start = end
        }
      }
      swap(&marked, &self.marked)
    }
  }
}
