import Commands

/// What a run says of the files that it cannot read, so that nobody takes them for searchable.
enum PassedOver {
  /// Kinds that are named; the rest is counted.
  private static let most = 6

  /// - Parameter counts: how many files, by their extension.
  static func text(_ counts: [String: Int]) -> String {
    let kinds = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let all = counts.values.reduce(0, +)
    var parts = kinds.prefix(most).map {
      "\(HumanText.count($0.value)) \($0.key.isEmpty ? "without extension" : ".\($0.key)")"
    }
    let rest = kinds.dropFirst(most).reduce(0) { $0 + $1.value }
    if rest > 0 { parts.append("\(HumanText.count(rest)) others") }
    return
      "Passed over: \(HumanText.count(all, "file")) in formats that are not read (\(parts.joined(separator: ", ")))"
  }
}
