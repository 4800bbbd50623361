/// Values by when they were last needed: what was not needed while the limit filled up is forgotten.
package struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private var recent: [Key: Value] = [:]
  private var older: [Key: Value] = [:]
  /// Cost of `recent`.
  private var cost = 0
  private let limit: Int

  /// - Parameter limit: the cost of what is kept at least; at most twice as much is.
  package init(limit: Int) {
    self.limit = limit
  }

  package subscript(key: Key) -> Value? { recent[key] ?? older[key] }

  /// Keeps a value, or says that it was needed again.
  package mutating func keep(_ value: Value, for key: Key, cost: Int = 1) {
    guard recent.updateValue(value, forKey: key) == nil else { return }
    if self.cost >= limit {
      older = recent
      recent = [key: value]
      self.cost = 0
    }
    self.cost += cost
  }
}
