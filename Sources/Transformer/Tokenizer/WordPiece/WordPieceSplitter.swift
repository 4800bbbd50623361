/// Splits texts into the pieces of a BERT vocabulary.
final class WordPieceSplitter: PieceSplitter {
  /// Words of more characters become the unknown token.
  static let defaultLongestWord = 100

  let vocabulary: Vocabulary
  let characters: CharacterTable
  let addedTokens: AddedTokens
  let unknown: Int32
  let longestWord: Int

  init(_ definition: WordPieceDefinition) {
    vocabulary = Vocabulary(definition.pieces, continuingPrefix: definition.continuingPrefix)
    characters = CharacterTable(options: definition.options)
    addedTokens = AddedTokens(definition.addedTokens)
    unknown = definition.unknown
    longestWord = definition.longestWord
  }

  var largestID: Int32 { max(vocabulary.largestID, addedTokens.largestID) }

  func isPiece(_ word: String) -> Bool { vocabulary.id(of: word) != nil }

  func append(_ text: UnsafeBufferPointer<UInt8>, to ids: inout [Int32], limit: Int) {
    // A word holds at most `longestWord` characters of four bytes, and one more before it is given up.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4 * (longestWord + 1)) { word in
      var scanner = WordPieceScanner(splitter: self, text: text, word: word, limit: limit)
      swap(&scanner.ids, &ids)
      scanner.run()
      swap(&scanner.ids, &ids)
    }
  }
}
