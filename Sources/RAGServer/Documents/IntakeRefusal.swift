import Commands
import HTTPServer
import Models
import Retrieval

/// Why documents cannot be taken in although they and the corpus are in order.
struct IntakeRefusal: Error, Sendable, Equatable, CustomStringConvertible, HTTPErrorConvertible {
  var httpError: HTTPError
  /// How long until it is worth another attempt, in seconds; nil where somebody has to decide something first.
  var wait: Int?

  var description: String { httpError.message + (httpError.hint.map { " \($0)" } ?? "") }

  /// Seconds between looks at what an operator or the provider has to mend.
  private static let pause = 60

  static func noChatModel(_ name: String) -> IntakeRefusal {
    IntakeRefusal(
      httpError: HTTPError(
        .serviceUnavailable, code: "no_chat_model",
        message:
          "The chunks of this corpus are described by '\(name)', and no chat model is configured, so that "
          + "nothing can be added.",
        hint:
          "Set OPENAI_API_KEY, GEMINI_API_KEY or COHERE_API_KEY, or OPENAI_BASE_URL for a server of your own, and "
          + "send it again; a changed .env needs no restart."), wait: pause)
  }

  static func otherVersion(_ descriptions: String) -> IntakeRefusal {
    IntakeRefusal(
      httpError: HTTPError(
        .conflict, code: "described_otherwise",
        message:
          "The chunks of this corpus are described by '\(descriptions)', which another version of Footnote asked "
          + "in another way.",
        hint: "Make the corpus anew with 'ingest add --describe', or use that version."))
  }

  static func misconfigured(_ message: String) -> IntakeRefusal {
    IntakeRefusal(
      httpError: HTTPError(
        .serviceUnavailable, code: "misconfigured", message: "DESCRIBE_LIMIT cannot be used.", hint: message),
      wait: pause)
  }

  static func overLimit(_ what: String, limit: String) -> IntakeRefusal {
    IntakeRefusal(
      httpError: HTTPError(
        .conflict, code: "describe_limit", message: "\(what); \(limit) are allowed for one document.",
        hint: "Raise DESCRIBE_LIMIT and send it again, or take the document in with 'ingest add --describe'.")
    )
  }

  /// - Parameter fits: whether the cap lets it pass on another day.
  static func overBudget(_ what: String, _ budget: Budget, fits: Bool) -> IntakeRefusal {
    let left = "\(what); of the $\(HumanText.fixed(budget.cap, digits: 2)) that models may cost in 24 hours, "
    let seconds = max(1, min(600, Int(budget.wait.components.seconds) + 1))
    return IntakeRefusal(
      httpError: HTTPError(
        .tooManyRequests, code: "spending_limit",
        message: left + "$\(HumanText.fixed(budget.left, digits: 4)) are left.",
        hint: fits
          ? "Try again later, or raise \(budget.variable)." : "Raise \(budget.variable) and send it again.",
        headers: fits ? ["Retry-After": "\(seconds)"] : [:]), wait: fits ? seconds : nil)
  }

  /// The model that describes chunks failed for good.
  init(_ failure: DescribingFailed) {
    let cause = failure.cause
    let isElsewhere = cause.kind == .modelNotFound
    let hint =
      isElsewhere
      ? "All chunks of a corpus are described by one model: configure the provider that offers '\(failure.model)', or "
        + "make the corpus anew with 'ingest add --describe'."
      : cause.hint
    httpError = HTTPError(
      cause.isRetryable ? .serviceUnavailable : .badGateway, code: cause.kind.rawValue,
      message: "Describing its chunks with '\(failure.model)' failed: \(cause.message)",
      hint: hint.isEmpty ? nil : hint)
    wait = Self.pause
    if let after = cause.retryAfter { wait = max(1, Int(after.components.seconds) + 1) }
  }

  private init(httpError: HTTPError, wait: Int? = nil) {
    self.httpError = httpError
    self.wait = wait
  }
}
