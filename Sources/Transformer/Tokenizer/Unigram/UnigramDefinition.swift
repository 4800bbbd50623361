/// A Unigram tokenizer as its `tokenizer.json` describes it.
struct UnigramDefinition: Sendable {
  /// A bound on vocabularies, far above real ones (250,000 pieces).
  private static let mostPieces = 1 << 22

  var pieces: ScoredPieces
  var unknown: Int32
  /// Whether unknown characters are spelled with the pieces of their bytes.
  var fallsBackToBytes: Bool
  var normalizer: TextNormalizer
  /// Whether texts are split at white space before words are marked.
  var splitsAtWhiteSpace = false
  var metaspace = Metaspace()
  var addedTokens: [AddedToken]
  var template: TokenTemplate

  init(_ file: TokenizerFile) throws(TransformerError) {
    let (json, path) = (file.value, file.path)
    guard let pieces = file.scoredPieces else {
      throw .malformed(file: path, reason: "it is of type Unigram and has no list of pieces")
    }
    guard 1...Self.mostPieces ~= pieces.count else {
      throw .malformed(file: path, reason: "its vocabulary has \(pieces.count) pieces")
    }
    guard let value = json["model"]?["unk_id"]?.integer, 0..<pieces.count ~= value else {
      throw .unsupported(file: path, reason: "it has no piece for unknown characters")
    }
    self.pieces = pieces
    unknown = Int32(value)
    fallsBackToBytes = json["model"]?["byte_fallback"]?.boolean ?? false
    normalizer = try TextNormalizer(json["normalizer"], file: path)
    let added = try AddedToken.list(json["added_tokens"], file: path)
    addedTokens = added
    template = try TokenTemplate(json["post_processor"] ?? .null, file: path) {
      (name) throws(TransformerError) in
      guard let token = added.first(where: { $0.text == name }) else {
        throw .malformed(file: path, reason: "it has no number for '\(name)'")
      }
      return token.id
    }
    try readSplitting(json["pre_tokenizer"], file: path)
    if fallsBackToBytes { try checkBytes(path) }
  }

  private mutating func readSplitting(_ json: JSONValue?, file: String) throws(TransformerError) {
    var parts = json.map { [$0] } ?? []
    if json?["type"]?.string == "Sequence" { parts = json?["pretokenizers"]?.array ?? [] }
    var types = parts.map { $0["type"]?.string ?? "none" }
    if types == ["WhitespaceSplit", "Metaspace"] {
      splitsAtWhiteSpace = true
      types.removeFirst()
    }
    guard types == ["Metaspace"], let marking = parts.last else {
      let list = types.isEmpty ? "none" : types.joined(separator: " and ")
      throw .unsupported(
        file: file,
        reason: "its pre-tokenizer is \(list), where Metaspace is needed, or WhitespaceSplit and Metaspace")
    }
    metaspace = try Metaspace(marking, file: file)
  }

  private func checkBytes(_ file: String) throws(TransformerError) {
    let table = PieceTable(pieces)
    for byte in 0..<256 where table.id(of: UnigramSplitter.byteName(byte)) == nil {
      throw .unsupported(
        file: file, reason: "it falls back to bytes and has no piece '\(UnigramSplitter.byteName(byte))'")
    }
  }
}
