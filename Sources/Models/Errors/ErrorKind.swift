extension ModelError.Kind {
  /// What a refusal means: the code decides first, then the type, the status name, the text and only then
  /// the HTTP status, because 429 may mean "wait" or "pay", and 400 nearly everything.
  init(_ body: ErrorBody, status: Int?) {
    let text = body.message.lowercased()
    if body.code.lowercased() == "rate_limit_exceeded", text.hasPrefix("request too large") {
      // One request above the limit a minute: no wait makes it fit.
      self = .contextLengthExceeded
    } else if let kind = Self.byCode[body.code.lowercased()] ?? Self.byType[body.type.lowercased()] {
      self = kind
    } else if let kind = Self.byReason(body) ?? Self.byText(text, status: status ?? body.number) {
      self = kind
    } else if let kind = Self.byStatusName[body.status] {
      self = kind
    } else {
      self = Self.byStatus(status ?? body.number, isHTML: body.isHTML)
    }
  }

  private static let byCode: [String: Self] = [
    "invalid_api_key": .authentication, "invalid_authentication": .authentication,
    "missing_api_key": .authentication, "expired_api_key": .authentication,
    "account_deactivated": .authentication, "unsupported_country_region_territory": .authentication,
    "insufficient_quota": .quotaExceeded, "credit_balance_exhausted": .quotaExceeded,
    "organization_spend_limit_exceeded": .quotaExceeded, "project_spend_limit_exceeded": .quotaExceeded,
    "organization_usage_limit_exceeded": .quotaExceeded, "billing_hard_limit_reached": .quotaExceeded,
    "billing_not_active": .quotaExceeded,
    "rate_limit_exceeded": .rateLimited, "slow_down": .rateLimited, "too_many_requests": .rateLimited,
    "context_length_exceeded": .contextLengthExceeded, "max_tokens_per_request": .contextLengthExceeded,
    "string_above_max_length": .contextLengthExceeded,
    "model_not_found": .modelNotFound, "model_deprecated": .modelNotFound,
    "server_is_overloaded": .unavailable, "server_error": .unavailable, "internal_error": .unavailable,
  ]

  /// `invalid_request_error`, `api_error` and `server_error` are absent: they come with every status and
  /// meaning.
  private static let byType: [String: Self] = [
    "authentication_error": .authentication, "permission_error": .authentication,
    "permission_denied_error": .authentication, "request_forbidden": .authentication,
    "insufficient_quota": .quotaExceeded,
    "tokens": .rateLimited, "requests": .rateLimited, "rate_limit_error": .rateLimited,
    "exceed_context_size_error": .contextLengthExceeded,
    "max_tokens_per_request": .contextLengthExceeded,
    "service_unavailable_error": .unavailable, "unavailable_error": .unavailable,
    "overloaded_error": .unavailable,
    "timeout_error": .timeout,
  ]

  private static let byStatusName: [String: Self] = [
    "UNAUTHENTICATED": .authentication, "PERMISSION_DENIED": .authentication,
    // "User location is not supported for the API use."
    "FAILED_PRECONDITION": .authentication,
    "RESOURCE_EXHAUSTED": .rateLimited, "NOT_FOUND": .modelNotFound, "INVALID_ARGUMENT": .invalidRequest,
    "UNAVAILABLE": .unavailable, "INTERNAL": .unavailable, "DEADLINE_EXCEEDED": .timeout,
    "CANCELLED": .unavailable,
  ]

  /// Google's error details.
  private static func byReason(_ body: ErrorBody) -> Self? {
    if body.reasons.contains(where: { $0.hasPrefix("API_KEY_") }) { return .authentication }
    // The same text and status serve limits a minute and limits a day; the name of the quota tells.
    if body.reasons.contains(where: { $0.contains("PerDay") }) { return .quotaExceeded }
    return nil
  }

  private static func byText(_ text: String, status: Int?) -> Self? {
    func says(_ phrases: String...) -> Bool { phrases.contains { text.contains($0) } }
    if says("api key not valid", "api key expired") { return .authentication }
    if status == 429, says("/ month", "per month", "monthly") { return .quotaExceeded }
    if status == 429 || status == 401 || status == 403 { return nil }
    if says(
      "maximum context length", "context length", "context window", "context size", "too many tokens",
      "input token count", "maximum number of tokens", "input is too large to process", "prompt is too long")
    {
      return .contextLengthExceeded
    }
    if says("model"),
      says(
        "not found", "does not exist", "was removed", "has been removed", "has been deprecated",
        "decommissioned",
        "retired", "no longer available", "unknown model")
    {
      return .modelNotFound
    }
    return nil
  }

  private static func byStatus(_ status: Int?, isHTML: Bool) -> Self {
    switch status {
    case 403 where isHTML: .unavailable
    case 401, 403, 407: .authentication
    case 402: .quotaExceeded
    case 408, 504, 524: .timeout
    case 413: .contextLengthExceeded
    case 429: .rateLimited
    // Cohere's 499 is a request that its side cancelled; OpenAI's clients repeat 409.
    case 409, 425, 499: .unavailable
    case let status? where (400..<500).contains(status): .invalidRequest
    case let status? where (500..<600).contains(status): status == 501 ? .invalidRequest : .unavailable
    case let status? where (300..<400).contains(status): .invalidResponse
    default: .unavailable
    }
  }
}
