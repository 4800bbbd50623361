/// What one transaction changes in the lexical index.
struct LexicalChange {
  struct Added {
    var document: Int
    var header: String
    var text: String
  }

  /// Chunks written by this transaction, by row.
  private(set) var added: [Int: Added] = [:]
  /// Rows of removed chunks, which stored segments hold. A row may be added again after that.
  private(set) var removed: Set<Int> = []

  mutating func add(row: Int, _ chunk: Added) { added[row] = chunk }

  mutating func remove(row: Int) {
    if added.removeValue(forKey: row) == nil { removed.insert(row) }
  }
}
