/// Values by when they were last needed: what was not needed while the limit filled up is forgotten.
package struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Kept: Sendable {
    var value: Value
    var cost: Int
  }

  private var recent: [Key: Kept] = [:]
  private var older: [Key: Kept] = [:]
  /// Cost of `recent`.
  private var cost = 0
  private let limit: Int

  /// - Parameter limit: the cost of what is kept at least; at most twice as much is, and the one that went beyond it.
  package init(limit: Int) {
    self.limit = limit
  }

  package subscript(key: Key) -> Value? { (recent[key] ?? older[key])?.value }

  /// Keeps a value, or says that it was needed again.
  package mutating func keep(_ value: Value, for key: Key, cost: Int = 1) {
    if let kept = recent[key] {
      self.cost -= kept.cost
    } else if self.cost >= limit {
      older = recent
      recent = [:]
      self.cost = 0
    }
    recent[key] = Kept(value: value, cost: cost)
    self.cost += cost
  }
}
