/// A token that is found in a text as it stands, before the text is split.
struct AddedToken: Sendable, Equatable {
  var text: String
  var id: Int32
  /// Whether it counts only where no letter, digit or underscore touches it.
  var isSingleWord = false
  /// Whether it takes the white space before it, and after it.
  var takesSpaceBefore = false
  var takesSpaceAfter = false
  /// Whether it is looked for in the normalized text.
  var isNormalized = false
}

extension AddedToken {
  /// Reads the `added_tokens` of a `tokenizer.json`.
  static func list(_ json: JSONValue?, file: String) throws(TransformerError) -> [AddedToken] {
    var tokens: [AddedToken] = []
    for token in json?.array ?? [] {
      guard let text = token["content"]?.string, let value = token["id"]?.integer,
        let id = Int32(exactly: value), id >= 0
      else { throw .malformed(file: file, reason: "an added token has no text or number") }
      func flag(_ key: String) -> Bool { token[key]?.boolean ?? false }
      tokens.append(
        AddedToken(
          text: text, id: id, isSingleWord: flag("single_word"), takesSpaceBefore: flag("lstrip"),
          takesSpaceAfter: flag("rstrip"), isNormalized: flag("normalized")))
    }
    return tokens
  }
}
