/// What a `tokenizer.json` holds.
struct TokenizerFile: Sendable {
  let path: String
  /// Everything but `scoredPieces`.
  let value: JSONValue
  /// The `vocab` of a Unigram model, which is a list.
  let scoredPieces: ScoredPieces?

  init(path: String) throws(TransformerError) {
    let file = try MappedFile(path: path)
    var parser = JSONParser(bytes: file.bytes, scoredPieces: ["model", "vocab"])
    do {
      value = try parser.document()
    } catch {
      throw .malformed(file: path, reason: "\(error.reason) at byte \(error.position)")
    }
    scoredPieces = parser.scoredPieces
    self.path = path
  }

  /// The type of its model. Early files do not say it.
  var kind: String { value["model"]?["type"]?.string ?? (scoredPieces == nil ? "WordPiece" : "Unigram") }
}
