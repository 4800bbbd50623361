import Cryptography
import FoundationEssentials

@testable import RAGServer

/// Something that somebody with bad intentions sends, and what it must get.
struct Attack: Sendable {
  enum Target: Sendable {
    /// `POST /api/chat` with a question.
    case chat
    /// Any other request.
    case request(String, String, body: String = "")
  }

  var name: String
  var target = Target.chat
  /// Header fields; `{public}` stands for a page's key, `{search}` for a search key, `{user}` for a user's token.
  var headers: [String]
  /// Status and code of the error; a status alone for a request that is harmless as it is.
  var gets: String
}

extension Attack {
  /// Against a server with JWT_SECRET, ADMIN_API_KEY, a page's key for https://example.org and a search key.
  static func all() -> [Attack] { tokens() + keys + pages + paths }

  private static func tokens() -> [Attack] {
    let claims = #"{"sub":"ann","exp":4102444800}"#
    func unsigned(_ header: String) -> String {
      Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(claims.utf8)) + "."
    }
    func signed(_ header: String, _ claims: String, _ secret: String = RAGServerFixture.secret) -> String {
      let input = [header, claims].map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
      let code = HashFunction.sha256.authenticationCode(for: Array(input.utf8), key: Array(secret.utf8))
      return input + "." + Base64URL.encode(code)
    }
    let good = #"{"alg":"HS256"}"#
    let forged = signed(good, claims).split(separator: ".")
    let swapped = Base64URL.encode(Array(#"{"sub":"bob","exp":4102444800}"#.utf8))
    let tokens: [(String, String)] = [
      ("A token with `alg: none`", unsigned(#"{"alg":"none"}"#)),
      ("A token with `alg: nOnE`", unsigned(#"{"alg":"nOnE"}"#)),
      ("An unsigned token that says HS256", unsigned(good)),
      ("A token signed with another secret", signed(good, claims, "guess")),
      ("A token signed with an empty secret", signed(good, claims, "")),
      ("A token whose subject was changed", "\(forged[0]).\(swapped).\(forged[2])"),
      (
        "A token that says RS256, signed with HMAC (algorithm confusion)", signed(#"{"alg":"RS256"}"#, claims)
      ),
      ("A token that is over", signed(good, #"{"sub":"ann","exp":1700000000}"#)),
      ("A token that never ends", signed(good, #"{"sub":"ann"}"#)),
      ("A token of the future (`nbf`)", signed(good, #"{"sub":"ann","exp":4102444800,"nbf":4102444000}"#)),
      ("A token with `sub` twice", signed(good, #"{"sub":"ann","exp":4102444800,"sub":"bob"}"#)),
      (
        "A token with `sub` twice, once escaped",
        signed(good, #"{"sub":"ann","exp":4102444800,"\u0073ub":"bob"}"#)
      ),
      ("A token with `crit`", signed(#"{"alg":"HS256","crit":["x"],"x":1}"#, claims)),
      (
        "A token with an unknown `kid` and its own key (`jwk`)",
        signed(#"{"alg":"EdDSA","kid":"mine","jwk":{}}"#, claims)
      ),
      (
        "A token of 20,000 bytes",
        signed(good, #"{"sub":"ann","exp":4102444800,"x":"\#(String(repeating: "a", count: 15_000))"}"#)
      ),
      ("A token without a user", signed(good, #"{"exp":4102444800,"email":"ann@example.org"}"#)),
      ("Text that is no token", "admin"),
    ]
    return tokens.map {
      Attack(name: $0.0, headers: ["Authorization: Bearer \($0.1)"], gets: "401 authentication")
    }
  }

  private static let keys = [
    Attack(name: "No proof at all", headers: [], gets: "401 authentication"),
    Attack(
      name: "A made-up API key", headers: ["X-API-Key: fn_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
      gets: "401 authentication"),
    Attack(
      name: "The admin key with one letter missing",
      headers: ["X-API-Key: \(RAGServerFixture.adminKey.dropLast())"], gets: "401 authentication"),
    Attack(name: "A search key that asks", headers: ["X-API-Key: {search}"], gets: "403 forbidden"),
    Attack(
      name: "A page's key from another page",
      headers: ["X-API-Key: {public}", "Origin: https://evil.example"], gets: "403 origin_not_allowed"),
    Attack(
      name: "A page's key from a page whose name begins the same",
      headers: ["X-API-Key: {public}", "Origin: https://example.org.evil.example"],
      gets: "403 origin_not_allowed"),
    Attack(
      name: "A page's key without a page", headers: ["X-API-Key: {public}"], gets: "403 origin_not_allowed"),
    Attack(
      name: "A page's key that searches",
      target: .request("POST", "/api/search", body: #"{"query": "knee"}"#),
      headers: ["X-API-Key: {public}", "Origin: https://example.org"], gets: "403 forbidden"),
    Attack(
      name: "A page's key that lists keys", target: .request("GET", "/api/keys"),
      headers: ["X-API-Key: {public}", "Origin: https://example.org"], gets: "403 forbidden"),
    Attack(
      name: "A user who makes a key",
      target: .request("POST", "/api/keys", body: #"{"name": "x", "scopes": ["admin"]}"#),
      headers: ["Authorization: Bearer {user}"], gets: "403 forbidden"),
  ]

  private static let pages = [
    Attack(
      name: "Cross-site form post with the visitor's cookie (CSRF)",
      headers: ["Cookie: session=x", "Origin: https://evil.example", "Sec-Fetch-Site: cross-site"],
      gets: "403 cross_site_request"),
    Attack(
      name: "The same from a sandboxed page (`Origin: null`)",
      headers: ["Cookie: session=x", "Origin: null"], gets: "403 cross_site_request"),
    Attack(
      name: "The same from a sister domain", headers: ["Cookie: session=x", "Sec-Fetch-Site: same-site"],
      gets: "403 cross_site_request"),
    Attack(
      name: "Preflight from a foreign page", target: .request("OPTIONS", "/api/chat"),
      headers: ["Origin: https://evil.example", "Access-Control-Request-Method: POST"],
      gets: "403 origin_not_allowed"),
    Attack(
      name: "Sign-in as a plain text form",
      target: .request("POST", "/api/auth/login", body: #"{"email":"a@b"}"#),
      headers: ["Content-Type: text/plain"], gets: "415 unsupported_media_type"),
  ]

  private static let paths =
    [
      "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd",
      "/api/keys/../../etc/passwd",
      "/.env", "/state.db", "/api/chat/%00",
    ].map { path in
      Attack(
        name: "`GET \(path)`", target: .request("GET", path), headers: ["Authorization: Bearer {user}"],
        gets: path.contains("%00") ? "400 invalid_request" : "404 not_found")
    } + [
      Attack(
        name: "A line break in `X-Request-Id` (header injection)", target: .request("GET", "/health"),
        headers: ["X-Request-Id: a%0d%0aSet-Cookie: x=1"], gets: "200"),
      Attack(
        name: "A line break in a path that is repeated in the error",
        target: .request("GET", "/%0d%0aSet-Cookie:x=1"),
        headers: [], gets: "404 not_found"),
      Attack(
        name: "A body of 2 MB",
        target: .request("POST", "/api/chat", body: String(repeating: "a", count: 2_000_000)),
        headers: ["Authorization: Bearer {user}"], gets: "413 body_too_large"),
      Attack(
        name: "A request of 150 header fields", target: .request("GET", "/health"),
        headers: (0..<150).map { "X-Field-\($0): x" }, gets: "431"),
    ]
}
