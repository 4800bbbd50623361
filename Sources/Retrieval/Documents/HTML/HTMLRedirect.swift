/// A page that sends its readers on to another at once, and says next to nothing itself.
enum HTMLRedirect {
  /// Seconds after which nobody has read a page.
  private static let longestDelay = 5
  /// Bytes that such a page may say, white space left out: "If you are not redirected, follow this link."
  private static let longestText = 400

  /// Where the page leads, as its `<meta http-equiv="refresh">` writes it; nil for a page that stays, or that has a text.
  static func target(of tree: HTMLTree) -> String? {
    guard let target = tree.nodes.indices.lazy.compactMap({ Self.target(ofNode: $0, in: tree) }).first,
      HTMLStatistics(tree, without: HTMLVisibility.invisibleNodes(of: tree))[0].text <= longestText
    else { return nil }
    return target
  }

  /// What to say of a page that is given by itself.
  static func error(_ target: String) -> DocumentError {
    DocumentError(.redirect, "It only sends its readers on to '\(target)'. Add that page in its place.")
  }

  /// Whether an address is that of the page itself, by its file name: it is fetched anew, and nobody is sent on.
  static func leadsBack(_ target: String, name: String) -> Bool {
    let path = target.prefix { $0 != "#" && $0 != "?" }
    return path.isEmpty || FileName.lastComponent(String(path)) == FileName.lastComponent(name)
  }

  private static func target(ofNode index: Int, in tree: HTMLTree) -> String? {
    guard tree.nodes[index].tag == .meta,
      tree.attribute(.httpEquiv, of: index)?.trimmedSpace.lowercasedString == "refresh",
      let content = tree.attribute(.content, of: index), !isForScriptless(index, in: tree)
    else { return nil }
    return target(content.string)
  }

  /// The address in `0; url='next.html'` (HTML, "shared declarative refresh steps"), if it is gone to soon enough.
  static func target(_ content: String) -> String? {
    let text = content.drop(while: \.isWhitespace)
    let seconds = text.prefix { $0.isASCII && $0.isNumber }
    guard !seconds.isEmpty || text.first == ".", (Int(seconds) ?? 0) <= longestDelay else { return nil }
    var rest = text.dropFirst(seconds.count).drop { $0.isNumber || $0 == "." }
    rest = rest.drop { $0.isWhitespace || $0 == ";" || $0 == "," }
    if rest.prefix(3).lowercased() == "url" {
      let value = rest.dropFirst(3).drop(while: \.isWhitespace)
      if value.first == "=" { rest = value.dropFirst().drop(while: \.isWhitespace) }
    }
    if let quote = rest.first, quote == "'" || quote == "\"" {
      rest = rest.dropFirst().prefix { $0 != quote }
    }
    let target = rest.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
    return target.isEmpty ? nil : target
  }

  /// Whether only browsers without scripts are meant.
  private static func isForScriptless(_ index: Int, in tree: HTMLTree) -> Bool {
    var next = tree.parent(index)
    while let current = next {
      if tree.nodes[current].tag == .noscript { return true }
      next = tree.parent(current)
    }
    return false
  }
}
