import Accounts
import Commands
import Cryptography
import FoundationEssentials
import Models
import State
import TestSupport

@testable import RAGServer

/// What a test of accounts sends and gets.
extension RAGServerFixture {
  static let secret = "a-secret-that-two-services-share-0123456789"
  static let adminKey = "admin-key-of-the-tests-0123456789"
  static let password = "correct horse battery"

  struct SignedIn: Decodable {
    struct User: Decodable {
      var id: String
      var email: String?
    }

    var token: String
    var user: User
  }

  var people: AccountDirectory {
    AccountDirectory(store: application.state.accounts, hasher: PasswordHasher())
  }

  func makeKey(
    _ scopes: Set<APIKey.Scope>, origins: [String] = [], expiresAt: Date? = nil
  ) async throws -> String {
    let ring = KeyRing(store: application.state.accounts)
    return try await ring.make(name: "test", scopes: scopes, origins: origins, expiresAt: expiresAt).text
  }

  func signIn(_ email: String, _ password: String = Self.password) async throws -> RawResponse {
    try await post("/api/auth/login", #"{"email": "\#(email)", "password": "\#(password)"}"#)
  }

  func addUser(_ email: String, isAdministrator: Bool = false) async throws -> String {
    try await people.add(email: email, password: Self.password, isAdministrator: isAdministrator)
    return try await signIn(email).json(SignedIn.self).token
  }

  /// `headers` besides the content type.
  func ask(_ headers: String..., body: String = #"{"message": "How far does the knee bend?"}"#) async throws
    -> RawResponse
  {
    try await send("POST", "/api/chat", headers: ["Content-Type: application/json"] + headers, body: body)
  }
}

/// Environment variables of a server.
func environment(_ variables: [String: String]) -> (inout ApplicationConfiguration) -> Void {
  setting(\.settings, Settings(environment: ["RATE_LIMIT": "off"].merging(variables) { $1 }))
}

/// A token signed with `secret`.
func token(
  _ claims: [String: JSONValue] = [:], header: String = #"{"alg":"HS256","typ":"JWT"}"#,
  secret: String = RAGServerFixture.secret
) -> String {
  var all: [String: JSONValue] = ["sub": "ann", "exp": .integer(Int(Date().timeIntervalSince1970) + 600)]
  all.merge(claims) { $1 }
  let input = [header, JSONValue.object(all.filter { $0.value != .null }).text]
    .map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
  let signature = HashFunction.sha256.authenticationCode(for: Array(input.utf8), key: Array(secret.utf8))
  return input + "." + Base64URL.encode(signature)
}
