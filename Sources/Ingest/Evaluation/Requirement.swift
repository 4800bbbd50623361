import Commands

/// A threshold that a measured number has to keep, such as `hybrid.ndcg@10=0.7` or `answers.refused_answerable<=0.05`.
struct Requirement: Sendable, Equatable {
  var measure: String
  /// Lowest value, or highest if `isLimit`.
  var value: Double
  var isLimit: Bool

  /// Nil if `text` is none.
  init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let value = Double(parts[1]), value.isFinite else { return nil }
    isLimit = parts[0].hasSuffix("<")
    measure = isLimit || parts[0].hasSuffix(">") ? String(parts[0].dropLast()) : parts[0]
    self.value = value
    if measure.isEmpty { return nil }
  }

  static let type = ValueType<Requirement>(
    placeholder: "MEASURE=VALUE", expectation: "a measure and its lowest value, such as hybrid.ndcg@10=0.7"
  ) { text, _ in Requirement(text) }

  /// What is wrong with a measured value; nil if nothing is.
  func failure(_ measured: Double?) -> String? {
    guard let measured else { return "'\(measure)' was not measured." }
    let kept = isLimit ? measured <= value : measured >= value
    guard !kept else { return nil }
    let number = HumanText.fixed(measured, digits: 4)
    return
      "'\(measure)' is \(number), which is \(isLimit ? "above" : "below") \(HumanText.fixed(value, digits: 4))."
  }
}

extension Requirement: CustomStringConvertible {
  var description: String { "\(measure)\(isLimit ? "<=" : "=")\(value)" }
}
