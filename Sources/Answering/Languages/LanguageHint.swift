import Models
import Retrieval

/// What is said beside an answer where question and documents are in two languages and the embedding model knows one.
struct LanguageHint: Sendable, Equatable {
  let text: String

  /// Of a refusal, or an answer of low confidence. Nil where any passage may be in the question's language, and with models that find across languages or of which that
  /// is not known, as of a provider's.
  init?(_ question: String, _ passages: [Passage], model: any EmbeddingModel) {
    guard model.cosineScale.lossAcrossLanguages == nil, model.fingerprint.provider == "local" else {
      return nil
    }
    let asked = LanguageTraces(question)
    let found = passages.map { LanguageTraces($0.text) }.filter {
      $0.language != nil || $0.script != asked.script
    }
    guard !found.isEmpty, found.allSatisfy(asked.differs) else { return nil }
    text = """
      The passages found are in another language than the question, and \(model.fingerprint.model) finds little across \
      languages. Ask in the documents' language, or use a model for many languages, such as multilingual-e5-small.
      """
  }

  /// Of what a chat model wrote; nil where all of it was checked.
  init?(_ sentences: [GroundedSentence], model: any EmbeddingModel) {
    guard sentences.contains(where: \.isUnchecked) else { return nil }
    let remedy =
      model.fingerprint.provider == "local"
      ? " A model for many languages, such as multilingual-e5-small, would tell more." : ""
    text = """
      This answer is in another language than its sources, so that only numbers and names of its sentences were held \
      against them.\(remedy)
      """
  }
}
