import Models
import Synchronization
import TestSupport

/// A hashing model whose embedding of questions can be made to fail or to hang.
final class FaultyModel: EmbeddingModel {
  enum Fault {
    case error(ModelError)
    /// Ignores cancellation, as blocking C code does.
    case hanging(until: AsyncStream<Void>)
  }

  private let model = HashingEmbeddingModel(dimensions: 512)
  private let fault = Mutex<Fault?>(nil)
  private let questions = Atomic<Int>(0)
  private let documents = Atomic<Int>(0)

  var fingerprint: EmbeddingFingerprint { model.fingerprint }
  var tokens: any TokenCounter { model.tokens }

  /// How often questions were to be embedded.
  var asked: Int { questions.load(ordering: .relaxed) }

  /// How many texts of documents were embedded.
  var documentsEmbedded: Int { documents.load(ordering: .relaxed) }

  func set(_ fault: Fault?) { self.fault.withLock { $0 = fault } }

  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
    if role == .query {
      questions.wrappingAdd(1, ordering: .relaxed)
      switch fault.withLock({ $0 }) {
      case nil: break
      case .error(let error)?: throw error
      case .hanging(let gate)?: await Task { for await _ in gate {} }.value
      }
    }
    if role == .document { documents.wrappingAdd(texts.count, ordering: .relaxed) }
    return try await model.embed(texts, as: role)
  }
}
