import Answering

/// What is known of an answer while it is being made.
struct PartialAnswer {
  private let question: String
  private let start = ContinuousClock.now
  private var text = ""
  private var citations: [Citation] = []
  private var rewritten: String?
  private var tools: [ToolUse] = []
  /// Highest cosine of the question and a passage.
  private(set) var bestScore: Double?

  init(_ question: String) {
    self.question = question
  }

  mutating func add(_ event: AnswerEvent) {
    switch event {
    case .rewritten(let question): rewritten = question
    case .passages(let passages): bestScore = passages.compactMap(\.denseScore).max() ?? bestScore
    case .tool(let use): tools.append(use)
    case .delta(let piece): text += piece
    case .replaced(let whole):
      text = whole
      citations = []
    case .citations(let known): citations = known
    case .done: break
    }
  }

  /// The answer as far as it came, marked as stopped; nil if nothing of it was given out.
  var answer: Answer? {
    guard text.contains(where: { !$0.isWhitespace }) else { return nil }
    var answer = Answer(
      question: question, answer: text, answered: true, confidence: 0,
      citations: citations.filter { text.contains("[\($0.number)]") },
      milliseconds: (ContinuousClock.now - start) / .milliseconds(1))
    answer.isStopped = true
    answer.rewrittenQuestion = rewritten
    if !tools.isEmpty { answer.toolUses = tools }
    return answer
  }
}
