/// Splits texts into the pieces of a BERT vocabulary, giving the ids that the `tokenizers` library gives.
public final class WordPieceTokenizer: Sendable {
  /// Words of more characters become the unknown token.
  static let defaultLongestWord = 100

  let vocabulary: Vocabulary
  let characters: CharacterTable
  let addedTokens: AddedTokens
  let unknown: Int32
  let longestWord: Int
  /// The id put before every text, `[CLS]`.
  public let start: Int32
  /// The id put after every text, `[SEP]`.
  public let end: Int32

  init(_ definition: TokenizerDefinition) {
    vocabulary = Vocabulary(definition.pieces, continuingPrefix: definition.continuingPrefix)
    characters = CharacterTable(options: definition.options)
    addedTokens = AddedTokens(definition.addedTokens)
    unknown = definition.unknown
    longestWord = definition.longestWord
    start = definition.start
    end = definition.end
  }

  /// Reads `tokenizer.json`, or `vocab.txt` with `tokenizer_config.json`, in `directory`.
  public convenience init(directory: String) throws(TransformerError) {
    self.init(try TokenizerDefinition(directory: directory))
  }

  /// The largest id that a text can get.
  var largestID: Int32 { max(vocabulary.largestID, addedTokens.largestID, max(start, end)) }

  /// The ids of `text` between `[CLS]` and `[SEP]`, at most `maximum` in all: what is over is cut at the end.
  public func encode(_ text: some StringProtocol, maximum: Int = .max) -> [Int32] {
    var ids = [start]
    append(text, to: &ids, limit: max(maximum, 2) - 1)
    ids.append(end)
    return ids
  }

  /// `[CLS] first [SEP] second [SEP]`, at most `maximum` ids: the longer text is cut first.
  public func encode(
    _ first: some StringProtocol, _ second: some StringProtocol, maximum: Int = .max
  ) -> TokenPair {
    var a: [Int32] = []
    var b: [Int32] = []
    let room = max(maximum, 3) - 3
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
    return TokenPair(ids: [start] + a + [end] + b + [end], firstCount: a.count + 2)
  }

  /// Tokens of `text`, special ones not counted.
  public func count(_ text: some StringProtocol) -> Int {
    var ids: [Int32] = []
    append(text, to: &ids, limit: .max)
    return ids.count
  }

  /// Whether the vocabulary has `word` in one piece. It is looked up as it stands, in lower case for most models.
  public func isPiece(_ word: String) -> Bool { vocabulary.id(of: word) != nil }

  /// Appends the ids of `text` until there are `limit` ids in all.
  private func append(_ text: some StringProtocol, to ids: inout [Int32], limit: Int) {
    guard ids.count < limit else { return }
    let whole: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
      self.append(bytes, to: &ids, limit: limit)
    }
    if whole == nil {
      Array(text.utf8).withUnsafeBufferPointer { self.append($0, to: &ids, limit: limit) }
    }
    if ids.count > limit { ids.removeLast(ids.count - limit) }
  }

  private func append(_ bytes: UnsafeBufferPointer<UInt8>, to ids: inout [Int32], limit: Int) {
    // A word holds at most `longestWord` characters of four bytes, and one more before it is given up.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4 * (longestWord + 1)) { word in
      var scanner = WordPieceScanner(tokenizer: self, text: bytes, word: word, limit: limit)
      swap(&scanner.ids, &ids)
      scanner.run()
      swap(&scanner.ids, &ids)
    }
  }
}

/// Two texts as one sequence of token ids.
public struct TokenPair: Sendable, Equatable {
  public var ids: [Int32]
  /// Ids that belong to segment 0: `[CLS]`, the first text and the `[SEP]` after it.
  public var firstCount: Int
}
