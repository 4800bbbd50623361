import HTTPServer

/// A refusal as OpenAI's clients know it.
struct OpenAIError: HTTPErrorConvertible, Equatable {
  var status: HTTPStatus = .badRequest
  var message: String
  var type = "invalid_request_error"
  /// The member that is wrong, such as `messages[0].content`.
  var parameter: String?
  var code: String?

  var httpError: HTTPError {
    HTTPError(status, code: code ?? "invalid_request", message: message)
  }

  static func invalid(_ parameter: String, _ message: String, code: String = "invalid_value") -> OpenAIError {
    OpenAIError(message: "Invalid '\(parameter)': \(message)", parameter: parameter, code: code)
  }

  static func unsupported(_ parameter: String, _ message: String) -> OpenAIError {
    OpenAIError(
      message: "Unsupported parameter: '\(parameter)' \(message)", parameter: parameter,
      code: "unsupported_parameter")
  }

  static func missing(_ parameter: String) -> OpenAIError {
    OpenAIError(
      message: "Missing required parameter: '\(parameter)'.", parameter: parameter,
      code: "missing_required_parameter")
  }

  static func noModel(_ name: String) -> OpenAIError {
    OpenAIError(
      status: .notFound,
      message: "The model '\(name)' does not exist here. GET /v1/models lists those that do.",
      parameter: "model", code: "model_not_found")
  }
}
