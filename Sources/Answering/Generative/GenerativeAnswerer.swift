import Models
import Retrieval

/// Lets a chat model write the answer from the passages and checks what it cites.
public struct GenerativeAnswerer: Sendable {
  private let model: any ChatModel
  private let extractive: ExtractiveAnswerer
  /// Most tokens of an answer, hidden reasoning included.
  private static let tokens = 2000

  public init(model: any ChatModel, extractive: ExtractiveAnswerer) {
    self.model = model
    self.extractive = extractive
  }

  /// Answers `question` from `passages`, best first. A mark that names no source is removed; a mark's citation is the
  /// statement of its source that supports the answer best.
  ///
  /// - Throws: `ModelError`.
  public func answer(_ question: String, from passages: [Passage]) async throws -> Answer {
    let judged = try await extractive.answer(question, from: passages)
    let reply = try await model.complete(
      ChatRequest(messages: GroundedPrompt(question, passages).messages, maximumTokens: Self.tokens))
    let marks = CitationMarks(reply.text, sources: passages.count)
    let text = marks.text.trimmed
    guard !text.isEmpty, !text.hasPrefix(ExtractiveAnswerer.refusal), !marks.sources.isEmpty else {
      return Answer(
        question: question,
        answer: marks.sources.isEmpty && !text.isEmpty ? text : ExtractiveAnswerer.refusal,
        answered: false, confidence: min(judged.confidence, 0.3), citations: [], model: model.name)
    }
    let ranked = try await extractive.rankedStatements(text, passages)
    let citations = marks.sources.enumerated().map { position, source in
      let best = ranked.first { $0.statement.passage == source }?.statement
      let passage = passages[source]
      return Citation(
        number: position + 1, passage: passage, range: best?.range ?? 0..<passage.end - passage.start,
        quote: best?.text ?? passage.text)
    }
    return Answer(
      question: question, answer: text, answered: true, confidence: max(judged.confidence, 0.5),
      citations: citations, model: model.name)
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
