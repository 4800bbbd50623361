import Accounts
import FoundationEssentials
import HTTPServer
import State

/// `POST /api/auth/login`, `POST /api/auth/logout`, `GET /api/auth/me`.
struct AuthRoutes: Sendable {
  let callers: Callers
  let limits: Limits
  let accounts: any AccountStore
  let signIn: SignIn

  func add(to api: RouteGroup) {
    api.post("/auth/login") { try await login($0) }
    api.post("/auth/logout") { try await logout($0) }
    api.get("/auth/me") { try await me($0) }
  }

  private struct Login: ClosedBody {
    static let allowsMore = true

    var email: String
    var password: String

    enum CodingKeys: String, CodingKey, CaseIterable {
      case email, password
    }
  }

  private struct User: Encodable {
    var id: String
    var email: String?
    var name: String?
    var isAdministrator: Bool

    enum CodingKeys: String, CodingKey {
      case id, email, name
      case isAdministrator = "is_administrator"
    }
  }

  private struct SignedIn: Encodable {
    var token: String
    var expiresAt: Date
    var user: User

    enum CodingKeys: String, CodingKey {
      case token, user
      case expiresAt = "expires_at"
    }
  }

  private func login(_ request: Request) async throws -> Response {
    guard AccountPolicy(callers.settings) != .off else {
      throw HTTPError(
        .forbidden, code: "accounts_off", message: "Nobody signs in here.",
        hint: "The operator turned accounts off with ACCOUNTS=off.")
    }
    let login = try request.decodeClosed(Login.self)
    let headers = try await limits.spend(request, Caller(), .signIn)
    let account: Account
    do {
      account = try await signIn.account(email: login.email, password: login.password)
    } catch let refusal as SignIn.Refusal {
      callers.report("A sign-in was refused: \(refusal)", request)
      throw Self.error(refusal)
    }
    let issued = try await callers.tokens.issuer().issue(for: account)
    let user = User(
      id: account.id, email: account.email, name: account.name, isAdministrator: account.isAdministrator)
    var response = try Response.json(SignedIn(token: issued.token, expiresAt: issued.expiresAt, user: user))
    for field in headers.fields { response.headers.setDefault(field.name, field.value) }
    response.headers["Cache-Control"] = "no-store"
    return response
  }

  private static func error(_ refusal: SignIn.Refusal) -> HTTPError {
    switch refusal {
    case .wrong:
      Callers.unauthenticated(
        hint: "The e-mail address or the password is wrong, or the account is disabled.")
    case .locked(let wait):
      HTTPError(
        .tooManyRequests, code: "rate_limited", message: "Too many attempts to sign in with this address.",
        hint: "Try again in \(wait.components.seconds + 1) seconds; the wait grows with further attempts.",
        headers: ["Retry-After": "\(wait.components.seconds + 1)"])
    case .busy:
      HTTPError(
        .serviceUnavailable, code: "overloaded", message: "Too many people sign in at this moment.",
        hint: "Try again in a few seconds.", headers: ["Retry-After": "5"])
    }
  }

  private func logout(_ request: Request) async throws -> Response {
    let caller = try await callers.caller(of: request)
    guard caller.user != nil else { throw Callers.unauthenticated() }
    // A token of another service without an identifier cannot be told from the user's next one.
    if let token = caller.token { try await accounts.revoke(token: token.id, until: token.expiresAt + 120) }
    return try .json(["status": "signed_out"])
  }

  private func me(_ request: Request) async throws -> Response {
    let caller = try await callers.caller(of: request)
    guard let user = caller.user else { throw Callers.unauthenticated() }
    var response = try Response.json(
      User(id: user, email: caller.email, name: caller.name, isAdministrator: caller.isAdministrator))
    response.headers["Cache-Control"] = "no-store"
    return response
  }
}
