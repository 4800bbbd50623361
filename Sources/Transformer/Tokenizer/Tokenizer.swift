/// Turns texts into the token ids of a model, the ones that the `tokenizers` library gives.
public final class Tokenizer: Sendable {
  private let splitter: any PieceSplitter
  let template: TokenTemplate

  init(splitter: any PieceSplitter, template: TokenTemplate) {
    self.splitter = splitter
    self.template = template
  }

  /// Reads `tokenizer.json` (WordPiece or Unigram), or `vocab.txt` with `tokenizer_config.json` (WordPiece), in
  /// `directory`.
  public convenience init(directory: String) throws(TransformerError) {
    let file = directory + "/tokenizer.json"
    guard MappedFile.exists(file) else {
      for other in ["sentencepiece.bpe.model", "spiece.model"]
      where MappedFile.exists("\(directory)/\(other)") {
        throw .unsupported(
          file: "\(directory)/\(other)",
          reason: "its tokenizer has to be in 'tokenizer.json', which is missing")
      }
      self.init(try WordPieceDefinition(vocabularyFile: directory + "/vocab.txt", directory: directory))
      return
    }
    let json = try TokenizerFile(path: file)
    switch json.kind {
    case "WordPiece": self.init(try WordPieceDefinition(json: json.value, file: file))
    case "Unigram": self.init(try UnigramDefinition(json))
    case let kind:
      throw .unsupported(
        file: file, reason: "its tokenizer is \(kind), and only WordPiece and Unigram are implemented")
    }
  }

  private convenience init(_ definition: WordPieceDefinition) {
    self.init(splitter: WordPieceSplitter(definition), template: definition.template)
  }

  private convenience init(_ definition: UnigramDefinition) {
    self.init(splitter: UnigramSplitter(definition), template: definition.template)
  }

  /// The largest id that a text can get.
  var largestID: Int32 {
    max(splitter.largestID, template.start, template.end, template.middle.max() ?? 0)
  }

  /// The ids of `text` between the special tokens, at most `maximum` in all: what is over is cut at the end.
  public func encode(_ text: some StringProtocol, maximum: Int = .max) -> [Int32] {
    var ids = [template.start]
    append(text, to: &ids, limit: max(maximum, 2) - 1)
    ids.append(template.end)
    return ids
  }

  /// Two texts with the special tokens around and between them, at most `maximum` ids: the longer text is cut first.
  public func encode(
    _ first: some StringProtocol, _ second: some StringProtocol, maximum: Int = .max
  ) -> TokenPair {
    var a: [Int32] = []
    var b: [Int32] = []
    let special = 2 + template.middle.count
    let room = max(maximum, special) - special
    append(first, to: &a, limit: room)
    append(second, to: &b, limit: room)
    if a.count > room - b.count {
      let shorter = min(a.count, b.count)
      var kept = (shorter, max(shorter, room - shorter))
      if kept.0 > room - kept.1 { kept = (room / 2, room / 2 + room % 2) }
      let (forFirst, forSecond) = a.count <= b.count ? kept : (kept.1, kept.0)
      a.removeLast(max(0, a.count - forFirst))
      b.removeLast(max(0, b.count - forSecond))
    }
    let ids = [template.start] + a + template.middle + b + [template.end]
    return TokenPair(
      ids: ids, firstCount: template.tellsTextsApart ? 1 + a.count + template.middle.count : ids.count)
  }

  /// Tokens of `text`, special ones not counted.
  public func count(_ text: some StringProtocol) -> Int {
    var ids: [Int32] = []
    append(text, to: &ids, limit: .max)
    return ids.count
  }

  /// Tokens of `text` where another text follows: the white space at its end belongs to that.
  public func countLeading(_ text: String) -> Int {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var ids: [Int32] = []
      let end = WhiteSpace.start(before: bytes.count, in: bytes)
      splitter.append(UnsafeBufferPointer(rebasing: bytes[..<end]), to: &ids, limit: .max)
      return ids.count
    }
  }

  /// Whether the vocabulary has `word` in one piece. It is looked up as it stands, in lower case for most models.
  public func isPiece(_ word: String) -> Bool { splitter.isPiece(word) }

  /// Appends the ids of `text` until there are `limit` ids in all.
  private func append(_ text: some StringProtocol, to ids: inout [Int32], limit: Int) {
    guard ids.count < limit else { return }
    let whole: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
      splitter.append(bytes, to: &ids, limit: limit)
    }
    if whole == nil {
      Array(text.utf8).withUnsafeBufferPointer { splitter.append($0, to: &ids, limit: limit) }
    }
    if ids.count > limit { ids.removeLast(ids.count - limit) }
  }
}
