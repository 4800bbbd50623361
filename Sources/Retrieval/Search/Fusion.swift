import Glibc

/// Combines the scores of both legs into one.
///
/// A convex combination of scores scaled to 0...1 over the candidates, after Bruch, Gai and Ingber, "An Analysis of
/// Fusion Functions for Hybrid Retrieval" (ACM TOIS 42, 2023): it keeps how far candidates lie apart, which ranks
/// forget. How much each leg counts is decided for each question by how sure that leg is of itself: one whose words
/// the corpus does not use is left to the vectors, one that names what few passages hold is left to the words.
struct Fusion: Sendable, Hashable {
  struct Candidate: Equatable {
    var chunk: Int
    /// Cosine, known for every candidate.
    var dense: Double
    /// BM25; nil for one that holds none of the words.
    var lexical: Double?
    /// Whether it is one of few that hold every word of the question.
    var holdsAllWords = false
    var fused = 0.0
  }

  /// What tells how far each leg can be trusted for one question.
  struct Evidence: Equatable {
    /// Best BM25 against that of an imagined passage that consists of the question's words, 0 to 1.
    var coverage = 0.0
    /// How far the best passage by words stands above the tenth, as a part of its score, 0 to 1.
    var lexicalLead = 0.0
    /// How far the best passage by cosine stands above the tenth, in standard deviations of the cosine of two
    /// passages of the corpus.
    var denseLead = 0.0

    /// What is taken where the corpus does not say enough to tell.
    static let usualWeight = 0.6

    /// Part of the dense score, 0 to 1: a logistic function fitted to the nDCG@10 of ten test sets and of others
    /// that were made from them, with questions that a person put into words of their own, paraphrased, wordy or
    /// very specific ones; every set was also predicted by the others.
    var denseWeight: Double {
      1 / (1 + exp(-(2.62 - 5.26 * coverage - 1.31 * lexicalLead + 0.58 * denseLead)))
    }
  }

  private let statistics: QuestionStatistics?

  init(_ statistics: QuestionStatistics?) {
    self.statistics = statistics
  }

  /// What it counts that a passage is one of few that hold every word: BM25 has a rare word twice outdo two that stand
  /// there once.
  private static let wholeMatch = 0.3

  /// Position of the passage that a lead is measured against.
  private static let runnerUp = 9

  /// Candidates with their fused score, best first.
  func fused(_ candidates: [Candidate]) -> [Candidate] {
    let dense = candidates.map(\.dense).sorted(by: >)
    guard let highest = dense.first, let lowest = dense.last else { return [] }
    let bestLexical = candidates.compactMap(\.lexical).max() ?? 0
    let weight = evidence(candidates)?.denseWeight ?? Evidence.usualWeight
    let whole = candidates.contains(where: \.holdsAllWords) ? Self.wholeMatch : 0
    return candidates.map { candidate in
      var candidate = candidate
      let dense = highest > lowest ? (candidate.dense - lowest) / (highest - lowest) : 1
      let lexical = bestLexical > 0 ? (candidate.lexical ?? 0) / bestLexical : 0
      candidate.fused = bestLexical > 0 ? weight * dense + (1 - weight) * lexical : dense
      candidate.fused = (candidate.fused + (candidate.holdsAllWords ? whole : 0)) / (1 + whole)
      return candidate
    }.sorted { $0.fused == $1.fused ? $0.chunk < $1.chunk : $0.fused > $1.fused }
  }

  /// Nil where the corpus does not say enough, or no passage holds a word of the question.
  func evidence(_ candidates: [Candidate]) -> Evidence? {
    let dense = candidates.map(\.dense).sorted(by: >)
    let lexical = candidates.map { $0.lexical ?? 0 }.sorted(by: >)
    guard let statistics, let nearest = dense.first, let best = lexical.first, best > 0 else { return nil }
    let last = min(Self.runnerUp, candidates.count - 1)
    let attainable = statistics.attainableLexicalScore
    let spread = statistics.cosineSpread
    return Evidence(
      coverage: attainable > 0 ? min(1, best / attainable) : 0, lexicalLead: (best - lexical[last]) / best,
      denseLead: spread > 0 ? (nearest - dense[last]) / spread : 0)
  }
}
