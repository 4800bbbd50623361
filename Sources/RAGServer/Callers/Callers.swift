import Accounts
import Commands
import Cryptography
import HTTPServer
import State

// Commands has a type of this name too.
import struct HTTPServer.Request

/// Finds out who sends a request, and whether they may.
struct Callers: Sendable {
  let settings: Settings
  let accounts: any AccountStore
  let tokens: Tokens
  /// Signs the secrets of pages that speak the ChatKit protocol.
  let signing: SigningKey
  /// Told why a token was refused, which its sender is not.
  let report: @Sendable (String, Request) -> Void

  /// The caller, known already where `Admission` has asked.
  ///
  /// - Throws: `HTTPError` 401 for proof that does not hold, 403 for a key from a page it is not for.
  func caller(of request: Request) async throws -> Caller {
    if let known = Admission.admitted { return known.caller }
    var caller = Caller()
    for credential in Self.credentials(of: request) { try await identify(credential, request, &caller) }
    return caller
  }

  /// - Throws: `HTTPError` 401 for anybody else, 403 if no administrator can prove to be one.
  func requireAdministrator(_ request: Request) async throws {
    // A key whose scope is for this very route has been let in.
    if let admitted = Admission.admitted, admitted.access.needsProof { return }
    try check(try await caller(of: request), .administration)
  }

  /// - Throws: `HTTPError` 401 or 403 if `caller` may not do what `access` describes.
  func check(_ caller: Caller, _ access: Access) throws {
    if caller.isAdministrator { return }
    if let key = caller.key {
      if !key.scopes.isDisjoint(with: access.scopes), access.isPublic || !caller.isPublic { return }
      if caller.user == nil || access.needsProof { throw Self.outOfScope(key, access) }
    }
    if access.needsProof { throw Self.notAdministrator(settings["ADMIN_API_KEY"] != nil, caller) }
    // The session was given to somebody who might chat.
    if caller.chatKit != nil, access.isPublic { return }
    if AccountPolicy(settings) == .required, caller.user == nil {
      throw Self.unauthenticated(
        hint: "Sign in with POST /api/auth/login and send 'Authorization: Bearer ...'.")
    }
  }

  private func identify(_ sent: String, _ request: Request, _ caller: inout Caller) async throws {
    if let key = settings["ADMIN_API_KEY"], ConstantTime.equals(sent, key) {
      caller.isAdministrator = true
      return
    }
    if sent.hasPrefix(KeyRing.prefix) {
      guard let key = try await KeyRing(store: accounts).key(sent) else {
        report("An API key was refused: it is unknown, revoked or expired", request)
        throw Self.unauthenticated()
      }
      try Self.checkOrigin(of: request, key)
      caller.key = key
      if key.scopes.contains(.admin) { caller.isAdministrator = true }
      return
    }
    if sent.hasPrefix(ChatKitSecret.prefix) {
      guard let secret = ChatKitSecret(sent, key: signing) else { throw Self.sessionEnded }
      let holder = try await self.caller(holding: secret)
      caller.user = holder.user
      caller.key = holder.key
      caller.chatKit = secret
      return
    }
    let policy = AccountPolicy(settings)
    // Clients of other services send keys that mean nothing here; only what could be ours must hold.
    let isToken = sent.utf8.count { $0 == UInt8(ascii: ".") } == 2
    guard policy != .off, isToken || policy == .required || expectsTokens else { return }
    do {
      let authentication = TokenAuthentication(verifier: try await tokens.verifier(), accounts: accounts)
      let user = try await authentication.user(sent)
      caller.user = user.token.subject
      caller.email = user.account?.email ?? user.token.email
      caller.name = user.account?.name ?? user.token.name
      caller.token = user.token.id.map { Caller.Token(id: $0, expiresAt: user.token.expiresAt) }
      if user.account?.isAdministrator == true { caller.isAdministrator = true }
    } catch let error as TokenError {
      report("A token was refused: \(error)", request)
      throw Self.unauthenticated()
    }
  }

  private var expectsTokens: Bool { settings["JWT_SECRET"] != nil || settings["JWKS_URL"] != nil }

  /// What `Authorization: Bearer` or `X-API-Key` carries.
  static func credential(of request: Request) -> String? { credentials(of: request).first }

  private static func credentials(of request: Request) -> [String] {
    var credentials: [String] = []
    if let header = request.headers["Authorization"] {
      let parts = header.split(separator: " ", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == "bearer" { credentials.append(String(parts[1])) }
    }
    if let header = request.headers["X-API-Key"], !header.isEmpty { credentials.append(header) }
    return credentials
  }
}
