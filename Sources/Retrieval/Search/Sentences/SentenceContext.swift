import Models

extension ContextualText {
  /// Most words of a title or a heading that are embedded with a sentence.
  private static let headingWords = 12

  /// What is embedded before a sentence: what it stands under, from the title of its document on, as alone many a sentence
  /// does not say what it is about. Whoever embeds sentences does it so, that they are embedded once.
  package static func context(_ names: String?...) -> String {
    let above = names.compactMap { $0.map(shortened) }.joined(separator: " > ")
    return above.isEmpty ? "" : "\(above): "
  }

  private static func shortened(_ heading: String) -> String {
    heading.split(whereSeparator: \.isWhitespace).prefix(headingWords).joined(separator: " ")
  }
}
