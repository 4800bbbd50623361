/// What a chat model is asked.
public struct ChatRequest: Sendable, Equatable {
  /// Whether and which tools the model may use.
  public enum ToolChoice: Sendable, Hashable {
    case auto
    case none
    /// At least one call.
    case required
  }

  /// In the order of the conversation.
  public var messages: [ChatMessage]
  public var tools: [ChatTool]
  public var toolChoice: ToolChoice
  /// 0 is the most predictable; nil leaves it to the model. Reasoning models take none, and get none.
  public var temperature: Double?
  /// 0 to 1: only the likeliest tokens that together have this probability are chosen from; nil leaves it to the model.
  /// Reasoning models take none, and get none.
  public var topP: Double?
  /// Most tokens of the answer, those of hidden reasoning included.
  public var maximumTokens: Int?
  /// Texts that end the answer, themselves not part of it.
  public var stop: [String]
  /// How much a reasoning model thinks, such as `low`; other models ignore or refuse it.
  public var reasoningEffort: String?
  /// When the whole answer must have come; the model's own limit if nil.
  public var deadline: ContinuousClock.Instant?

  public init(
    messages: [ChatMessage], tools: [ChatTool] = [], toolChoice: ToolChoice = .auto,
    temperature: Double? = nil, topP: Double? = nil,
    maximumTokens: Int? = nil, stop: [String] = [], reasoningEffort: String? = nil,
    deadline: ContinuousClock.Instant? = nil
  ) {
    self.messages = messages
    self.tools = tools
    self.toolChoice = toolChoice
    self.temperature = temperature
    self.topP = topP
    self.maximumTokens = maximumTokens
    self.stop = stop
    self.reasoningEffort = reasoningEffort
    self.deadline = deadline
  }
}
