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
  private let soundQuestions = Atomic<Int>(0)
  private let questions = Atomic<Int>(0)
  private let documents = Atomic<Int>(0)

  var fingerprint: EmbeddingFingerprint { model.fingerprint }
  var tokens: any TokenCounter { model.tokens }

  /// How often questions were to be embedded.
  var asked: Int { questions.load(ordering: .relaxed) }

  /// How many texts of documents were embedded.
  var documentsEmbedded: Int { documents.load(ordering: .relaxed) }

  /// - Parameter count: questions that are embedded before the fault begins.
  func set(_ fault: Fault?, after count: Int = 0) {
    self.fault.withLock {
      $0 = fault
      soundQuestions.store(asked + count, ordering: .relaxed)
    }
  }

  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
    if role == .query {
      let asked = questions.wrappingAdd(1, ordering: .relaxed).newValue
      switch fault.withLock({ asked > soundQuestions.load(ordering: .relaxed) ? $0 : nil }) {
      case nil: break
      case .error(let error)?: throw error
      case .hanging(let gate)?: await Task { for await _ in gate {} }.value
      }
    }
    if role == .document { documents.wrappingAdd(texts.count, ordering: .relaxed) }
    return try await model.embed(texts, as: role)
  }
}
