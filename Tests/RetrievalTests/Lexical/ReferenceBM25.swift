import Glibc

@testable import Retrieval

/// BM25 worked out chunk by chunk over the texts, without an index.
struct ReferenceBM25 {
  struct Chunk {
    var row: Int
    var document = 0
    var header = ""
    var text: String
  }

  private let counted: [(row: Int, counts: [String: Int], length: Int)]
  private let average: Double

  init(_ chunks: [Chunk], options: LexicalOptions = LexicalOptions()) {
    let tokenizer = LexicalTokenizer(stemming: options.stemming)
    counted = chunks.map { chunk in
      var counts: [String: Int] = [:]
      var length = 0
      for (text, weight) in [(chunk.header, options.headerWeight), (chunk.text, 1)] where weight > 0 {
        for term in tokenizer.terms(of: text) { counts[term, default: 0] += weight }
        length += weight * tokenizer.sequence(of: text).count
      }
      return (chunk.row, counts, length)
    }
    average = Double(counted.reduce(0) { $0 + $1.length }) / Double(max(1, counted.count))
  }

  /// The reference without some of its chunks.
  init(_ other: ReferenceBM25, without removed: Set<Int>) {
    counted = other.counted.filter { !removed.contains($0.row) }
    average = Double(counted.reduce(0) { $0 + $1.length }) / Double(max(1, counted.count))
  }

  func frequency(of term: String) -> Int { counted.count { $0.counts[term] != nil } }

  /// All chunks that hold any of the terms, best first.
  func ranking(_ terms: [String], function: BM25 = BM25()) -> [LexicalHit] {
    var scores: [Int: Double] = [:]
    let base = Float(function.k1 * (1 - function.b))
    let slope = Float(average > 0 ? function.k1 * function.b / average : 0)
    for term in terms {
      let holders = counted.filter { $0.counts[term] != nil }
      let n = Double(holders.count)
      let idf = log(1 + (Double(counted.count) - n + 0.5) / (n + 0.5))
      let weight = Float(idf) * Float(function.k1 + 1)
      for holder in holders {
        let frequency = Float(holder.counts[term] ?? 0)
        scores[holder.row, default: 0] += Double(
          weight * frequency / (frequency + (base + slope * Float(holder.length))))
      }
    }
    return scores.map { LexicalHit(chunk: $0.key, score: $0.value) }
      .sorted { $0.score == $1.score ? $0.chunk < $1.chunk : $0.score > $1.score }
  }
}
