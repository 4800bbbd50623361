extension Courtesy {
  /// Documents that are asked for to name some of them: several may have one title.
  static let documents = 12
  private static let named = 3
  private static let longestTitle = 60

  /// Whether the reply says what can be asked.
  var namesDocuments: Bool { !kinds.isDisjoint(with: [.greeting, .introduction]) }

  /// What is said in return where nothing is said of the documents.
  var reply: String {
    let texts = CourtesyTexts(language)
    let parts = [
      kinds.contains(.thanks) ? texts.thanks : nil, kinds.contains(.farewell) ? texts.farewell : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? texts.acknowledgement : parts.joined(separator: " ")
  }

  /// What is said in return, with the titles of some documents.
  ///
  /// - Parameter total: how many documents there are.
  func reply(naming titles: [String], of total: Int) -> String {
    let texts = CourtesyTexts(language)
    var names: [String] = []
    for title in titles.map(Self.inert) where !title.isEmpty && !names.contains(title) { names.append(title) }
    let quoted = names.prefix(Self.named).map(texts.quoted)
    let list = [quoted.dropLast().joined(separator: ", "), quoted.last ?? ""].filter { !$0.isEmpty }
      .joined(separator: " \(texts.and) ")
    let about =
      total == 0 ? texts.nothing : total == quoted.count ? texts.all(list) : texts.some(total, list)
    return kinds.contains(.greeting) ? "\(texts.greeting) \(about)" : about
  }

  /// A title on one line and without what Markdown would make a picture, a link or a mark of.
  private static func inert(_ title: String) -> String {
    let line = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      .filter { character in
        !"[]<>()!`*_|\\#".contains(character)
          && character.unicodeScalars.allSatisfy {
            ![.control, .format].contains($0.properties.generalCategory)
          }
      }
    return line.count > longestTitle ? line.prefix(longestTitle - 1) + "…" : line
  }
}
