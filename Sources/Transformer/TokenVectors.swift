import Synchronization

/// The vector of a text and those of its tokens, each of length 1.
public struct TokenVectors: Sendable, Equatable {
  public var vector: [Float]
  /// The tokens, special ones left out.
  public var ids: [Int32]
  /// One row for each token, as long as `vector`: its last hidden state.
  public var values: [Float]
}

/// What different threads make of texts' vectors.
final class TokenVectorStore<Made: Sendable>: Sendable {
  private let made: Mutex<[Made?]>

  init(count: Int) {
    made = Mutex(Array(repeating: nil, count: count))
  }

  func set(_ index: Int, _ value: Made) { made.withLock { $0[index] = value } }

  /// In the order of the texts, once each has been set.
  var values: [Made] { made.withLock { $0.compactMap(\.self) } }
}
