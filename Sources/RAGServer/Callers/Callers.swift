import Commands
import Cryptography
import HTTPServer

// Commands has a type of this name too.
import struct HTTPServer.Request

/// Finds out who sends a request.
struct Callers: Sendable {
  let settings: Settings

  /// - Throws: `HTTPError` 401 for proof that does not hold.
  func caller(of request: Request) async throws -> Caller {
    var caller = Caller()
    if let key = settings["ADMIN_API_KEY"], let sent = Self.credential(of: request) {
      caller.isAdministrator = ConstantTime.equals(sent, key)
    }
    return caller
  }

  /// - Throws: `HTTPError` 401 for anybody else, 403 if no administrator can prove to be one.
  func requireAdministrator(_ request: Request) async throws {
    if try await caller(of: request).isAdministrator { return }
    guard settings["ADMIN_API_KEY"] != nil else {
      throw HTTPError(
        .forbidden, code: "admin_key_not_set", message: "Administration is off: no admin key is set.",
        hint:
          "Set ADMIN_API_KEY in the server's environment or .env, and send it as 'Authorization: Bearer ...'."
      )
    }
    throw HTTPError(
      .unauthorized, code: "authentication", message: "The admin key is missing or wrong.",
      hint: "Send ADMIN_API_KEY as 'Authorization: Bearer ...' or 'X-API-Key'.",
      headers: ["WWW-Authenticate": "Bearer"])
  }

  /// What `Authorization: Bearer` or `X-API-Key` carries.
  static func credential(of request: Request) -> String? {
    if let header = request.headers["Authorization"] {
      let parts = header.split(separator: " ", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == "bearer" { return String(parts[1]) }
    }
    return request.headers["X-API-Key"]
  }
}
