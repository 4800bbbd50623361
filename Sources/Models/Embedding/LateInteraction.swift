internal import COpenBLAS
import Glibc

/// How near each token of a question comes to the tokens of a text: late interaction (Khattab and Zaharia, "ColBERT",
/// SIGIR 2020).
public struct LateInteraction: Sendable {
  private let question: TokenSketch
  private let levels: [Float]

  public init(_ question: TokenSketch) {
    self.question = question
    levels = question.levels.map(Float.init)
  }

  /// How much each token of the question counts, together 1: more if few of `texts` hold it. Nil where the question has
  /// no tokens.
  public func weights(among texts: [TokenSketch]) -> [Double]? {
    let count = Double(texts.count)
    let rarity = question.ids.map { id in
      let frequency = Double(texts.count { $0.ids.contains(id) })
      return log(1 + (count - frequency + 0.5) / (frequency + 0.5))
    }
    let total = rarity.reduce(0, +)
    return total > 0 ? rarity.map { $0 / total } : nil
  }

  /// For each token of the question the largest cosine with one of `text`; nil where `text` has none.
  public func nearest(in text: TokenSketch) -> [Float]? {
    let (rows, tokens) = (question.ids.count, text.ids.count)
    guard tokens > 0, rows > 0, text.columns == question.columns else { return nil }
    EmbeddingMatrix.useOneThread
    let others = text.levels.map(Float.init)
    var products = [Float](repeating: 0, count: rows * tokens)
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, blasint(rows), blasint(tokens), blasint(text.columns), 1,
      levels, blasint(text.columns), others, blasint(text.columns), 0, &products, blasint(tokens))
    return (0..<rows).map { row in
      var nearest = -Float.infinity
      for token in 0..<tokens { nearest = max(nearest, products[row * tokens + token] * text.steps[token]) }
      return nearest * question.steps[row]
    }
  }
}
