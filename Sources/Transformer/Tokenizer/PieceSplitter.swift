/// What turns texts into the pieces of a vocabulary.
protocol PieceSplitter: Sendable {
  /// The largest id that a text can get.
  var largestID: Int32 { get }

  /// Appends the ids of `text`, which is valid UTF-8, until there are `limit` ids in all; the last word may exceed it.
  func append(_ text: UnsafeBufferPointer<UInt8>, to ids: inout [Int32], limit: Int)

  /// Whether the vocabulary has `word` in one piece, as it stands at the beginning of a word.
  func isPiece(_ word: String) -> Bool
}
