import HTTPServer

// Commands has a type of this name too.
import struct HTTPServer.Request

extension FailureTranslation {
  /// What a client is told of an error that comes when the response has begun; its cause goes to the log.
  func shown(_ error: any Error, to request: Request) async -> HTTPError {
    do {
      _ = try await respond(to: request) { _ in throw error }
    } catch let error as HTTPError {
      return error
    } catch {
      let shown = ErrorRendering.shown(error)
      if shown.status == .internalServerError { report(error, request) }
      return shown
    }
    return ErrorRendering.shown(error)
  }

  /// The response that it would have been.
  func response(to request: Request, for error: any Error) async -> Response {
    ErrorRendering.response(for: await shown(error, to: request), to: request)
  }
}
