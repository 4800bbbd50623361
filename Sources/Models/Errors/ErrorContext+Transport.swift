import HTTPClient

extension ErrorContext {
  /// No key where one is needed.
  var missingKey: ModelError {
    error(
      .authentication, "There is no key for \(endpoint.title).",
      hint: "Set \(endpoint.keyVariable), in the environment or in '.env'.")
  }

  /// A request that brought no complete answer.
  func failure(_ cause: HTTPClientError) -> ModelError {
    switch cause.code {
    case .cancelled:
      return error(.cancelled, "The request to \(endpoint.title) was cancelled.")
    case .timeout:
      return error(.timeout, cause.description)
    case .dns, .cannotConnect:
      return error(.unavailable, cause.description, hint: unreachableHint)
    case .tls:
      return error(
        .unavailable, cause.description,
        hint: "Check the certificate, the system's clock and \(endpoint.baseURLVariable).", isRetryable: false
      )
    case .badURL:
      return error(.invalidRequest, cause.description, hint: addressHint)
    case .badHeader:
      return error(
        .authentication, cause.description,
        hint: "Check \(endpoint.keyVariable): the key has a line break or another control character in it.")
    case .tooLarge, .invalidResponse, .tooManyRedirects:
      return error(.invalidResponse, cause.description)
    case .closed:
      return error(.unavailable, cause.description, hint: "", isRetryable: false)
    default:
      return error(.unavailable, cause.description)
    }
  }

  private var unreachableHint: String {
    endpoint.dialect == .compatible
      ? "Start the server, or check \(endpoint.baseURLVariable), which is '\(endpoint.shownBaseURL)'."
      : "Check the network, the proxy settings and \(endpoint.baseURLVariable)."
  }

  /// An answer that is not what the interface promises; `excerpt` shows its beginning.
  func invalid(_ what: String, excerpt bytes: some Collection<UInt8> = []) -> ModelError {
    let start = String(decoding: bytes.prefix(400), as: UTF8.self).excerpt(80)
    let shown = start.isEmpty ? "" : " It begins: '\(start)'."
    return error(
      .invalidResponse, "\(endpoint.title) gave an answer that cannot be used: \(what).\(shown)")
  }

  /// A stream that ended before the answer did.
  var incomplete: ModelError {
    error(
      .unavailable, "\(endpoint.title) ended the stream before the answer was complete.",
      hint: "Try again; what has arrived so far is not the whole answer.")
  }
}
