import FoundationEssentials
import HTTPClient

/// Turns refusals and broken connections of one model's provider into errors that name its settings.
struct ErrorContext: Sendable {
  let endpoint: ProviderEndpoint
  let model: String
  /// The setting that chooses the model, such as `OPENAI_MODEL`.
  let modelVariable: String

  func error(
    _ kind: ModelError.Kind, _ message: String, hint: String? = nil, retryAfter: Duration? = nil,
    isRetryable: Bool? = nil, status: Int? = nil, parameter: String? = nil
  ) -> ModelError {
    ModelError(
      kind, provider: endpoint.name, message: Redaction.redact(message, key: endpoint.usableKey),
      hint: hint ?? self.hint(for: kind, retryAfter: retryAfter), retryAfter: retryAfter,
      isRetryable: isRetryable, status: status, parameter: parameter)
  }

  /// Classifies an answer with an error status.
  func refusal(_ head: HTTPResponseHead, _ bytes: [UInt8], now: Double? = nil) -> ModelError {
    let body = ErrorBody(bytes)
    let kind = ModelError.Kind(body, status: head.status)
    let wait =
      head.headers.retryAfter(now: now ?? Date().timeIntervalSince1970) ?? body.retryDelay
      ?? Self.resetOfExhausted(head.headers)
    return refusal(
      kind, body, status: head.status, retryAfter: kind == .quotaExceeded ? nil : wait,
      isRetryable: Self.retryAdvice(head, kind))
  }

  /// Classifies an error that came inside an answer that had begun well.
  func refusal(inStream value: JSONValue) -> ModelError {
    let body = ErrorBody(value)
    let kind = ModelError.Kind(body, status: nil)
    return refusal(kind, body, status: body.number, retryAfter: body.retryDelay, isRetryable: nil)
  }

  private func refusal(
    _ kind: ModelError.Kind, _ body: ErrorBody, status: Int?, retryAfter: Duration?, isRetryable: Bool?
  ) -> ModelError {
    let detail =
      if body.isHTML {
        "An HTML page came instead of an answer" + (body.message.isEmpty ? "." : ": '\(body.message)'.")
      } else if body.message.isEmpty {
        "It gave no reason."
      } else {
        "It says: \(body.message)" + (body.message.last.map { ".!?…".contains($0) } == true ? "" : ".")
      }
    let verb = Self.verb(kind)
    let answer = status.map { " (\($0))" } ?? ""
    var hint: String?
    if kind == .invalidRequest, status == 404 || status == 405 { hint = addressHint }
    if kind == .unavailable, status == 403 {
      hint = "A proxy or firewall seems to stand between: check the network and \(endpoint.baseURLVariable)."
    }
    var refusal = error(
      kind, "\(endpoint.title) \(verb)\(answer). \(detail)", hint: hint, retryAfter: retryAfter,
      isRetryable: isRetryable, status: status, parameter: body.parameter)
    if kind == .contextLengthExceeded { refusal.window = body.window }
    return refusal
  }

  /// Words that come after the provider's name.
  private static func verb(_ kind: ModelError.Kind) -> String {
    switch kind {
    case .authentication: "refuses the key"
    case .quotaExceeded: "refuses: the account's quota is used up"
    case .rateLimited: "refuses: too many requests in a short time"
    case .contextLengthExceeded: "refuses: the input is too long"
    case .modelNotFound: "does not offer the model"
    case .timeout: "did not answer in time"
    case .unavailable: "is not available"
    case .invalidResponse: "gave an answer that cannot be used"
    case .invalidRequest: "refuses the request"
    case .cancelled: "was not asked"
    }
  }

  private static func retryAdvice(_ head: HTTPResponseHead, _ kind: ModelError.Kind) -> Bool? {
    if head.status == 501 || (head.status == 403 && kind == .unavailable) { return false }
    guard kind.isRetryable else { return nil }
    return head.headers["x-should-retry"]?.lowercased() == "false" ? false : nil
  }

  /// OpenAI tells when an exhausted limit starts anew, as `6m0s`, even where it gives no `Retry-After`.
  private static func resetOfExhausted(_ headers: HTTPHeaders) -> Duration? {
    ["requests", "tokens"].compactMap { name in
      guard headers["x-ratelimit-remaining-\(name)"] == "0" else { return nil }
      return headers["x-ratelimit-reset-\(name)"].flatMap { Duration(goStyle: $0) }
    }.max()
  }

  var addressHint: String {
    let suffix =
      endpoint.dialect == .compatible && !endpoint.baseURL.hasSuffix("/v1")
      ? " OpenAI-compatible servers usually need '/v1' at its end." : ""
    return "Check \(endpoint.baseURLVariable), which is '\(endpoint.shownBaseURL)'.\(suffix)"
  }

  private func hint(for kind: ModelError.Kind, retryAfter: Duration?) -> String {
    switch kind {
    case .authentication:
      "Check \(endpoint.keyVariable): the key may be missing, mistyped, revoked, or not allowed to use "
        + "'\(model)' or to be used from here."
    case .quotaExceeded:
      "Check plan and billing at the provider, or use another key in \(endpoint.keyVariable); waiting does "
        + "not help."
    case .rateLimited:
      if let retryAfter {
        "Try again in \(max(1, Int(retryAfter.components.seconds))) s, or send fewer requests at a time."
      } else {
        "Try again in a while, or send fewer requests at a time."
      }
    case .contextLengthExceeded:
      "Shorten the input, or set \(modelVariable) to a model with a larger window than '\(model)'."
    case .modelNotFound:
      "Set \(modelVariable), which is '\(model)', to a model that the key can use."
    case .timeout:
      "Try again, or allow more time with REQUEST_TIMEOUT."
    case .unavailable:
      "Try again later; if it lasts, check the provider's status page and \(endpoint.baseURLVariable)."
    case .invalidResponse:
      addressHint
    case .invalidRequest:
      "Check the settings of '\(model)'."
    case .cancelled:
      ""
    }
  }
}

extension ProviderEndpoint {
  /// The base URL without a password or query.
  var shownBaseURL: String {
    let scheme = baseURL.firstRange(of: "://").map { baseURL[..<$0.upperBound] } ?? ""
    let path = baseURL.dropFirst(scheme.count).drop { $0 != "/" }.prefix { $0 != "?" }
    return "\(scheme)\(host)\(path)"
  }
}
