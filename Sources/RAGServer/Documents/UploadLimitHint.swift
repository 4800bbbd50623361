import Commands
import HTTPServer

// Commands has a type of this name too.
import struct HTTPServer.Request

/// Tells who sends too large a request with documents which setting limits it.
struct UploadLimitHint: Middleware {
  /// Bytes of one request.
  let limit: Int

  func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    do {
      return try await next(request)
    } catch var error as HTTPError where error.status == .contentTooLarge {
      error.message = "The request is larger than the \(HumanText.bytes(limit)) that UPLOAD_LIMIT allows."
      error.hint =
        "Send fewer documents at a time, raise UPLOAD_LIMIT, now \(limit) bytes, or take them in with 'ingest add'."
      throw error
    }
  }
}
