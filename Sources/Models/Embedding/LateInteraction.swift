import Glibc
import Transformer

/// How near each token of a question comes to the tokens of a text: late interaction (Khattab and Zaharia, "ColBERT",
/// SIGIR 2020).
public struct LateInteraction: Sendable {
  private let question: TokenSketch
  /// Nil where there are no tokens.
  private let rows: NearestRows?

  public init(_ question: TokenSketch) {
    self.question = question
    rows = question.levels.isEmpty ? nil : NearestRows(question.levels, columns: question.columns)
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
    guard let rows, !text.ids.isEmpty, text.columns == question.columns else { return nil }
    return zip(rows.nearest(in: text.levels, steps: text.steps), question.steps).map { $0 * $1 }
  }
}
