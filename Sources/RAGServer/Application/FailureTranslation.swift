import HTTPServer
import Models
import Retrieval
import State

/// Tells clients about failures of the corpus and of models in their own terms, and the log about the cause.
struct FailureTranslation: Middleware {
  let report: @Sendable (any Error, Request) -> Void

  func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    do {
      return try await next(request)
    } catch let error as CorpusError {
      report(error, request)
      // The cause names paths of this machine, which are for its log.
      throw HTTPError(
        .serviceUnavailable, code: "corpus_unavailable", message: "The corpus cannot be read just now.",
        hint: "Try again; GET /api/health says what is wrong.")
    } catch let error as StateError {
      throw refused(error, request)
    } catch let error as ModelError {
      if error.kind == .cancelled { throw CancellationError() }
      report(error, request)
      throw HTTPError(error)
    }
  }

  private func refused(_ error: StateError, _ request: Request) -> HTTPError {
    switch error.code {
    case .exists: return HTTPError(.conflict, code: "exists", message: error.message)
    case .noConversation:
      return HTTPError(
        .notFound, code: error.code.rawValue, message: "There is no such conversation: it has been removed.",
        hint: "Begin a new one.")
    case .unavailable, .incompatible:
      report(error, request)
      // The cause names paths and hosts, which are for the log.
      return HTTPError(
        .serviceUnavailable, code: "state_unavailable",
        message: "The database of conversations and accounts cannot be used just now.",
        hint: "Try again; GET /api/health says what is wrong.")
    }
  }
}

extension HTTPError {
  /// A failed model, which is upstream of this service: 5xx, unless the question itself does not fit.
  fileprivate init(_ error: ModelError) {
    let status: HTTPStatus =
      switch error.kind {
      case .timeout: .gatewayTimeout
      case .rateLimited, .unavailable: .serviceUnavailable
      case .contextLengthExceeded: .badRequest
      default: .badGateway
      }
    // Clients know these two by their texts; what happened in detail is left to the hint.
    let known: String? =
      switch error.kind {
      case .timeout: "Request took too long to process"
      case .unavailable: "AI service temporarily unavailable"
      default: nil
      }
    let hint = known == nil ? error.hint : error.description
    self.init(
      status, code: error.kind.rawValue, message: known ?? error.message, hint: hint.isEmpty ? nil : hint)
    if let wait = error.retryAfter { headers["Retry-After"] = "\(max(1, wait.components.seconds))" }
  }
}
