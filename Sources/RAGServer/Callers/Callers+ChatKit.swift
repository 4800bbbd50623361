import FoundationEssentials
import HTTPServer

extension Callers {
  /// Whoever began the session of a secret, if they might begin it today.
  ///
  /// - Throws: `HTTPError` 401 for a user who has signed out or whose account was disabled since, and for a session of a
  ///   key that has been revoked or has expired.
  func caller(holding secret: ChatKitSecret) async throws -> Caller {
    var caller = Caller()
    let now = Date()
    if let id = secret.key {
      let key = try await accounts.key(id: id)
      guard let key, !key.isRevoked, key.expiresAt.map({ $0 > now }) ?? true else { throw Self.sessionEnded }
      caller.key = key
    }
    if case .token(let id, let until) = secret.proof {
      guard Double(until) > now.timeIntervalSince1970 else { throw Self.sessionEnded }
      if let id, try await accounts.isRevoked(token: id) { throw Self.sessionEnded }
      if let account = try await accounts.account(id: secret.user) {
        // The secret's time is in whole seconds.
        let latest = Double(secret.issuedAt + 1)
        guard !account.isDisabled, latest > account.tokensValidAfter.timeIntervalSince1970 else {
          throw Self.sessionEnded
        }
      }
      caller.user = secret.user
    }
    return caller
  }

  static let sessionEnded = HTTPError(
    .unauthorized, code: "invalid_token", message: "The session has ended, or is not one of this server's.",
    hint: "Exchange the secret with POST /api/chatkit/refresh, or begin a session with /api/chatkit/session.",
    headers: ["WWW-Authenticate": "Bearer"])
}
