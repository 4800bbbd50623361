import HTTPClient
import Synchronization

/// The part that all remote embedding models share: cutting, batching, concurrency, and checking vectors.
struct RemoteEmbedder: Sendable {
  let connection: ProviderConnection
  let tokens: EstimatedTokenCounter
  let dimensions: Int
  let maximumInputs: Int
  /// Estimated tokens of one request; nil where the provider sets no limit.
  let maximumTokens: Int?
  let counter = UsageCounter()

  /// What one request brings.
  struct Batch: Sendable {
    /// One vector for each text, in their order, of any length.
    var vectors: [[Float]]
    var usage: Usage
  }

  /// Embeds any number of texts with `request`, which sends one batch.
  func embed(
    _ texts: [String],
    request: @escaping @Sendable ([String]) async throws(ModelError) -> Batch
  ) async throws -> EmbeddingMatrix {
    var matrix = EmbeddingMatrix(dimensions: dimensions)
    guard !texts.isEmpty else { return matrix }
    let texts = texts.map(sendable)
    let plan = EmbeddingBatches.plan(
      tokens: texts.map { tokens.count($0) }, maximumInputs: maximumInputs,
      maximumTokens: maximumTokens ?? .max)
    let parts = try await withThrowingTaskGroup(of: (Int, EmbeddingMatrix).self) { group in
      for (number, range) in plan.enumerated() {
        group.addTask { (number, try await embedBatch(Array(texts[range]), request)) }
      }
      var parts = [EmbeddingMatrix?](repeating: nil, count: plan.count)
      for try await (number, part) in group { parts[number] = part }
      return parts
    }
    for case let part? in parts { matrix.append(contentsOf: part) }
    return matrix
  }

  /// Providers refuse an empty text, and one beyond the window instead of cutting it.
  private func sendable(_ text: String) -> String {
    text.isEmpty ? " " : String(tokens.prefix(of: text, tokens: tokens.window))
  }

  /// Sends a batch; where the estimate was too low, halves it, and at last shortens the text that is too
  /// long by itself.
  private func embedBatch(
    _ texts: [String], _ request: @escaping @Sendable ([String]) async throws(ModelError) -> Batch
  ) async throws(ModelError) -> EmbeddingMatrix {
    do {
      let batch = try await request(texts)
      counter.add(batch.usage)
      return try matrix(of: batch.vectors, count: texts.count)
    } catch {
      guard error.kind == .contextLengthExceeded else { throw error }
      if texts.count > 1 {
        let middle = texts.count / 2
        var first = try await embedBatch(Array(texts[..<middle]), request)
        first.append(contentsOf: try await embedBatch(Array(texts[middle...]), request))
        return first
      }
      let shorter = tokens.prefix(of: texts[0], tokens: tokens.count(texts[0]) * 3 / 4)
      guard tokens.count(shorter) >= 64 else { throw error }
      return try await embedBatch([String(shorter)], request)
    }
  }

  /// Checks count, length and values of vectors, and scales them to length 1.
  private func matrix(of vectors: [[Float]], count: Int) throws(ModelError) -> EmbeddingMatrix {
    let errors = connection.errors
    guard vectors.count == count else {
      throw errors.invalid("\(vectors.count) vectors came for \(count) texts")
    }
    var matrix = EmbeddingMatrix(dimensions: dimensions)
    for vector in vectors {
      guard vector.count == dimensions else {
        throw errors.error(
          .invalidResponse,
          "\(errors.endpoint.title) gave a vector of \(vector.count) values where \(dimensions) were "
            + "expected from '\(errors.model)'.",
          hint:
            "Set the dimensions (of OpenAI's models: OPENAI_EMBEDDING_DIMENSIONS) to \(vector.count), or \(errors.modelVariable) to another model."
        )
      }
      let squares = vector.reduce(0.0) { $0 + Double($1) * Double($1) }
      guard squares.isFinite, squares > 0 else {
        throw errors.invalid("a vector is zero or not finite")
      }
      let scale = Float(1 / squares.squareRoot())
      matrix.append(vector.map { $0 * scale })
    }
    return matrix
  }
}

/// Adds up what a model used since it was created.
final class UsageCounter: Sendable {
  private let sum = Mutex(Usage())

  var usage: Usage { sum.withLock { $0 } }

  func add(_ usage: Usage) {
    sum.withLock { $0 += usage }
  }
}
