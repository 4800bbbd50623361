import Models
import Synchronization

/// Embeds a text as the hashed bag of its words: a real, if simple, vector space in which texts that share words
/// are near. Remembers what it was asked to embed and can be told to fail.
public final class HashingEmbeddingModel: EmbeddingModel {
  public let fingerprint: EmbeddingFingerprint
  public let tokens: any TokenCounter = WordTokens()
  private let vocabulary: Set<String>?
  private let state = Mutex(State())

  private struct State {
    var embedded: [String] = []
    var questions: [String] = []
    var batchesLeft = Int.max
  }

  /// - Parameter vocabulary: the words that the model knows; nil for one that cannot tell.
  public init(name: String = "hashing", dimensions: Int = 64, vocabulary: Set<String>? = nil) {
    self.vocabulary = vocabulary
    fingerprint = EmbeddingFingerprint(
      provider: "test", model: name, dimensions: dimensions, pooling: "mean", precision: "f32")
  }

  /// Documents embedded so far, in order.
  public var embedded: [String] { state.withLock { $0.embedded } }

  /// Questions embedded so far, in order.
  public var questions: [String] { state.withLock { $0.questions } }

  /// Lets `batches` more calls for documents succeed and fails all after them.
  public func fail(after batches: Int) { state.withLock { $0.batchesLeft = batches } }

  public struct Failure: Error {}

  public func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
    if role == .document {
      try state.withLock { state in
        guard state.batchesLeft > 0 else { throw Failure() }
        state.batchesLeft -= 1
        state.embedded += texts
      }
    } else {
      state.withLock { $0.questions += texts }
    }
    var matrix = EmbeddingMatrix(dimensions: fingerprint.dimensions)
    for text in texts { matrix.append(vector(of: text)) }
    return matrix
  }

  public func knows(_ word: String) -> Bool? { vocabulary.map { $0.contains(word) } }

  private func vector(of text: String) -> [Float] {
    var vector = [Float](repeating: 0, count: fingerprint.dimensions)
    for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      // FNV-1a.
      let hash = word.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
      vector[Int(hash % UInt64(vector.count))] += hash & (1 << 40) == 0 ? 1 : -1
    }
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? vector.map { $0 / length } : [1] + vector.dropFirst()
  }
}
