import Models
import Retrieval

/// A question, what was said before it, and how it is to be answered.
public struct AnswerRequest: Sendable {
  public var question: String
  /// Earlier turns, oldest first; any number.
  public var history: [Turn]
  public var filter: SearchFilter
  public var options: AnswerOptions

  public init(
    _ question: String, history: [Turn] = [], filter: SearchFilter = SearchFilter(),
    options: AnswerOptions = AnswerOptions()
  ) {
    self.question = question
    self.history = history
    self.filter = filter
    self.options = options
  }
}

/// How a question is to be answered.
public struct AnswerOptions: Sendable {
  /// Who writes the answer.
  public enum Writer: Sendable {
    /// The answerer's own chat model, if it has one.
    case standard
    case model(any ChatModel)
    /// Sentences of the documents.
    case extractive
  }

  public var writer = Writer.standard
  /// What the chat model is told to be; how it uses the sources is added to it. Nil for the standard text.
  public var instructions: String?
  /// When the chat model must have finished; its own limit if nil. What is given in its place takes some
  /// milliseconds more.
  public var deadline: ContinuousClock.Instant?
  /// Whether the documents' own sentences are given where the chat model fails.
  public var fallsBack = true
  /// What becomes of sentences of the chat model that no source supports.
  public var unsupported = UnsupportedSentences.mark
  /// Asks the chat model in another way than once, such as with tools.
  public var turn: any ChatTurn = SingleTurn()
  /// 0 is the most predictable; nil leaves it to the model.
  public var temperature: Double?
  /// 0 to 1: only the likeliest tokens that together have this probability are chosen from; nil leaves it to the model.
  public var topP: Double?
  /// Most tokens of the answer, hidden reasoning included; nil for the standard limit.
  public var maximumTokens: Int?
  /// Texts that end the answer.
  public var stop: [String] = []

  public init() {}

  /// Whether the caller chose what a chat model may refuse.
  var hasParameters: Bool {
    temperature != nil || topP != nil || maximumTokens != nil || !stop.isEmpty
  }
}
