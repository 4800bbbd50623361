import HTTPServer
import State

extension Callers {
  /// The same for every reason, so that nobody learns from it how far an attempt got.
  static func unauthenticated(hint: String? = nil) -> HTTPError {
    HTTPError(
      .unauthorized, code: "authentication", message: "Authentication failed",
      hint: hint ?? "Sign in again, or send a key that is valid. The server's log says what is wrong.",
      headers: ["WWW-Authenticate": "Bearer"])
  }

  static func notAdministrator(_ hasKey: Bool, _ caller: Caller) -> HTTPError {
    guard hasKey || caller.user != nil else {
      return HTTPError(
        .forbidden, code: "admin_key_not_set", message: "Administration is off: no admin key is set.",
        hint:
          "Set ADMIN_API_KEY in the server's environment or .env, and send it as 'Authorization: Bearer ...'."
      )
    }
    if caller.user != nil {
      return HTTPError(
        .forbidden, code: "forbidden", message: "This is for administrators.",
        hint: "Send ADMIN_API_KEY, or sign in with an account made by 'ragserver user add --admin'.")
    }
    return HTTPError(
      .unauthorized, code: "authentication", message: "The admin key is missing or wrong.",
      hint: "Send ADMIN_API_KEY as 'Authorization: Bearer ...' or 'X-API-Key'.",
      headers: ["WWW-Authenticate": "Bearer"])
  }

  static func outOfScope(_ key: APIKey, _ access: Access) -> HTTPError {
    let names = access.scopes.map(\.rawValue).sorted().joined(separator: " or ")
    let own = key.scopes.map(\.rawValue).sorted().joined(separator: ", ")
    let reason =
      key.scopes.isDisjoint(with: access.scopes)
      ? "This key may not do that: its scope is \(own)." : "This key is for pages, and may only ask."
    return HTTPError(
      .forbidden, code: "forbidden", message: reason,
      hint: "Make one with 'ragserver key add NAME --scope \(access.scopes.isEmpty ? "admin" : names)'.")
  }

  /// A key for pages is only taken from these.
  static func checkOrigin(of request: Request, _ key: APIKey) throws(HTTPError) {
    guard !key.origins.isEmpty else { return }
    guard let origin = request.headers["Origin"], key.origins.contains(origin) else {
      throw HTTPError(
        .forbidden, code: "origin_not_allowed", message: "This key is not for this page.",
        hint:
          "It is for \(key.origins.joined(separator: ", ")). Make one for others with 'ragserver key add'.")
    }
  }
}
