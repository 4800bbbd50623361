/// The word that readers see above a box in a text, after the name that the box has in the source.
enum AdmonitionLabel {
  /// - Parameter kind: in lower case.
  /// - Returns: nil for what is no kind of box, or one that shows no label.
  static func label(of kind: String) -> String? {
    guard kinds.contains(kind), let first = kind.first else { return nil }
    return first.uppercased() + kind.dropFirst()
  }

  private static let kinds: Set<String> = [
    "note", "tip", "info", "warning", "danger", "caution", "important", "hint", "success", "question",
    "example", "failure", "bug", "abstract", "quote", "attention", "error", "seealso", "summary",
  ]
}
