/// Why a model gave no answer: what happened, at which provider, and what to do about it.
///
/// No text of it holds a key, even where the provider's own message did.
public struct ModelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Raw values are part of the HTTP interface.
  public enum Kind: String, Sendable, CaseIterable {
    /// No key, a wrong one, or one that may not do this.
    case authentication
    /// Credit or a spending limit is used up: waiting does not help.
    case quotaExceeded = "quota_exceeded"
    /// Too much in too short a time: waiting helps.
    case rateLimited = "rate_limited"
    /// The input is longer than the model's window or the request's limit.
    case contextLengthExceeded = "context_length_exceeded"
    case modelNotFound = "model_not_found"
    case timeout
    /// Not reachable, overloaded, broken, or cut off within the answer.
    case unavailable
    /// The answer is not what the interface promises.
    case invalidResponse = "invalid_response"
    /// The provider refuses the request for another reason.
    case invalidRequest = "invalid_request"
    /// Our own task was cancelled.
    case cancelled
  }

  public var kind: Kind
  /// `openai`, `gemini`, `cohere` or `local`.
  public var provider: String
  /// What failed, as one or more sentences.
  public var message: String
  /// What to do about it, as one or more sentences; may be empty.
  public var hint: String
  /// How long the provider asks to wait.
  public var retryAfter: Duration?
  /// Whether the same request may succeed later.
  public var isRetryable: Bool
  /// The HTTP status of the refusal, if there was one.
  public var status: Int?
  /// The member of the request that was refused, if the provider names it.
  public var parameter: String?
  /// Tokens of prompt and answer that the model takes, where the provider says so.
  public var window: Int?

  public init(
    _ kind: Kind, provider: String, message: String, hint: String = "", retryAfter: Duration? = nil,
    isRetryable: Bool? = nil, status: Int? = nil, parameter: String? = nil
  ) {
    self.kind = kind
    self.provider = provider
    self.message = message
    self.hint = hint
    self.retryAfter = retryAfter
    self.isRetryable = isRetryable ?? kind.isRetryable
    self.status = status
    self.parameter = parameter
  }

  public var description: String {
    hint.isEmpty ? message : "\(message) \(hint)"
  }
}

extension ModelError.Kind {
  /// Whether waiting usually cures it.
  var isRetryable: Bool {
    switch self {
    case .rateLimited, .timeout, .unavailable: true
    case .authentication, .quotaExceeded, .contextLengthExceeded, .modelNotFound, .invalidResponse,
      .invalidRequest, .cancelled:
      false
    }
  }
}
