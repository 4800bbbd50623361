import Synchronization

/// The vector of a text and those of its tokens, each of length 1.
public struct TokenVectors: Sendable, Equatable {
  public var vector: [Float]
  /// The tokens, special ones left out.
  public var ids: [Int32]
  /// One row for each token, as long as `vector`: its last hidden state.
  public var values: [Float]
}

/// Vectors that different threads produce.
final class TokenVectorStore: Sendable {
  private let vectors: Mutex<[TokenVectors]>

  init(count: Int) {
    vectors = Mutex(Array(repeating: TokenVectors(vector: [], ids: [], values: []), count: count))
  }

  func set(_ index: Int, _ value: TokenVectors) { vectors.withLock { $0[index] = value } }

  var values: [TokenVectors] { vectors.withLock { $0 } }
}
