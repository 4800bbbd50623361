/// Groups texts of similar length into batches of about equally many tokens.
struct BatchPlan: Sendable, Equatable {
  /// Numbers of texts, longest texts first, so that the last batches to finish are small ones.
  private(set) var batches: [[Int]] = []

  /// Batches have at most `tokens` tokens or one text; fewer where that would leave workers without one.
  init(lengths: [Int], tokens: Int, workers: Int) {
    let total = lengths.reduce(0, +)
    let limit = min(tokens, max(64, (total + workers - 1) / max(workers, 1)))
    var batch: [Int] = []
    var filled = 0
    for index in lengths.indices.sorted(by: { (-lengths[$0], $0) < (-lengths[$1], $1) }) {
      if !batch.isEmpty, filled + lengths[index] > limit {
        batches.append(batch)
        batch = []
        filled = 0
      }
      batch.append(index)
      filled += lengths[index]
    }
    if !batch.isEmpty { batches.append(batch) }
  }
}
