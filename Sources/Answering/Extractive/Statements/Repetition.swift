/// Statements that say the same in mostly the same words.
enum Repetition {
  /// Part of the shorter statement's words that the other one holds.
  private static let share = 0.8

  static func isOne(_ first: Statement, _ second: Statement) -> Bool {
    isOne(Set(Words.of(first.text).map(Words.stem)), Set(Words.of(second.text).map(Words.stem)))
  }

  /// - Parameters: the stems of two statements; one without words says nothing new.
  static func isOne(_ first: Set<String>, _ second: Set<String>) -> Bool {
    let smaller = min(first.count, second.count)
    return smaller == 0 || Double(first.intersection(second).count) > share * Double(smaller)
  }
}
