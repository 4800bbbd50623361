/// Why an answer is not what it should have been.
public struct DegradedReason: Sendable, Hashable, Codable {
  /// What did less than it should, where that is not what the reason stands beside.
  public enum Part: String, Sendable, Codable {
    /// The search, which went on by words alone.
    case search
  }

  /// A kind of `ModelError`, such as `quota_exceeded`.
  public var code: String
  public var message: String
  /// What to do about it.
  public var hint: String?
  /// Nil for the chat model of an answer, and the reranker of a search.
  public var part: Part?

  public init(code: String, message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  public init(_ error: ModelError) {
    self.init(
      code: error.kind.rawValue, message: error.message, hint: error.hint.isEmpty ? nil : error.hint)
  }
}
