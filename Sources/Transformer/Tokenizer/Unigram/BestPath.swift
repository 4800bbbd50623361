/// Finds the most probable pieces of a word (Kudo, "Subword Regularization", ACL 2018, after Viterbi).
struct BestPath {
  /// How much less probable than the rarest piece a character is that no piece has, as a logarithm.
  static let unknownPenalty = 10.0

  /// The best way to one place in the word.
  private struct Node {
    var score: Double
    /// Where its last piece starts; -1 where nothing leads here yet.
    var start: Int32
    var id: Int32
  }

  private let table: PieceTable
  private let unknown: Int32
  private let unknownScore: Double
  /// The pieces `<0x00>` to `<0xFF>`, which unknown characters are spelled with; empty where they are not.
  private let byteIDs: [Int32]
  private var nodes: [Node] = []

  init(table: PieceTable, unknown: Int32, unknownScore: Double, byteIDs: [Int32]) {
    self.table = table
    self.unknown = unknown
    self.unknownScore = unknownScore
    self.byteIDs = byteIDs
  }

  /// Appends the ids of `word`, valid UTF-8 that is not empty.
  mutating func append(_ word: UnsafeBufferPointer<UInt8>, to ids: inout [Int32]) {
    var nodes: [Node] = []
    swap(&nodes, &self.nodes)
    nodes.removeAll(keepingCapacity: true)
    nodes.append(Node(score: 0, start: 0, id: unknown))
    for _ in 0..<word.count { nodes.append(Node(score: 0, start: -1, id: unknown)) }
    nodes.withUnsafeMutableBufferPointer { nodes in
      search(word, nodes)
      collect(word, nodes, into: &ids)
    }
    swap(&nodes, &self.nodes)
  }

  private func search(_ word: UnsafeBufferPointer<UInt8>, _ nodes: UnsafeMutableBufferPointer<Node>) {
    let scores = table.pieces.scores
    var start = 0
    while start < word.count {
      let before = nodes[start].score
      var single = start + 1
      while single < word.count, word[single] & 0xC0 == 0x80 { single += 1 }
      var isKnown = false
      var hash = PieceTable.initialHash
      let last = min(word.count, start + table.longest)
      var end = start
      while end < last {
        hash = PieceTable.extend(hash, word[end])
        end += 1
        if end < word.count, word[end] & 0xC0 == 0x80 { continue }
        guard let id = table.id(of: UnsafeBufferPointer(rebasing: word[start..<end]), hash: hash) else {
          continue
        }
        if end == single { isKnown = true }
        offer(scores[Int(id)] + before, from: start, id: id, at: &nodes[end])
      }
      if !isKnown { offer(unknownScore + before, from: start, id: unknown, at: &nodes[single]) }
      start = single
    }
  }

  /// Of equal ways the first one stays.
  @inline(__always)
  private func offer(_ score: Double, from start: Int, id: Int32, at node: inout Node) {
    guard node.start < 0 || score > node.score else { return }
    node = Node(score: score, start: Int32(truncatingIfNeeded: start), id: id)
  }

  /// Goes back along the best way. Unknown characters beside each other become one token.
  private func collect(
    _ word: UnsafeBufferPointer<UInt8>, _ nodes: UnsafeMutableBufferPointer<Node>, into ids: inout [Int32]
  ) {
    let first = ids.count
    var end = word.count
    while end > 0 {
      var start = Int(nodes[end].start)
      guard nodes[end].id == unknown else {
        ids.append(nodes[end].id)
        end = start
        continue
      }
      while start > 0, nodes[start].id == unknown { start = Int(nodes[start].start) }
      let run = UnsafeBufferPointer(rebasing: word[start..<end])
      if let id = table.id(of: run) {
        ids.append(id)
      } else if byteIDs.isEmpty {
        ids.append(unknown)
      } else {
        for byte in run.reversed() { ids.append(byteIDs[Int(byte)]) }
      }
      end = start
    }
    ids[first...].reverse()
  }
}
