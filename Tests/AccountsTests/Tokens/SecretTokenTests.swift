import Cryptography
import FoundationEssentials
import Models
import State
import Testing

@testable import Accounts

/// Tokens signed with the shared secret.
@Suite struct SecretTokenTests {
  let verifier = TokenVerifier(secret: Array(TestToken.secret.utf8))

  @Test func `RFC 7515's example of HS256 is verified`() throws {
    let key = try #require(
      Base64URL.decode(
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"))
    let token = try JSONWebToken(
      parsing: "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
        + "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
        + "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    #expect(HashFunction.sha256.isValid(token.signature, for: token.signingInput, key: key))
    #expect(token.claims == ["iss": "joe", "exp": 1_300_819_380, "http://example.com/is_root": true])
  }

  @Test(arguments: [("HS256", HashFunction.sha256), ("HS384", .sha384), ("HS512", .sha512)])
  func `each of the HMAC algorithms is taken`(name: String, hash: HashFunction) async throws {
    let token = TestToken.hmac(TestToken.claims(["jti": "t1"]), header: ["alg": .string(name)], hash: hash)
    let verified = try await verifier.verify(token, at: TestToken.now)
    #expect(verified.subject == "ann" && verified.id == "t1" && verified.signer == .secret)
    #expect(verified.expiresAt == Date(timeIntervalSince1970: 1_800_000_900))
  }

  @Test func `a session of Better Auth's cookie names its user`() async throws {
    let claims: JSONValue = [
      "session": ["id": "s", "userId": "u42", "token": "t"],
      "user": ["id": "u42", "email": "ann@example.org", "name": "Ann", "emailVerified": true],
      "updatedAt": 1_799_999_990_123, "version": "1", "iat": 1_799_999_990, "exp": 1_800_000_290,
    ]
    let verified = try await verifier.verify(
      TestToken.hmac(claims, header: ["alg": "HS256"]), at: TestToken.now)
    #expect(verified.subject == "u42" && verified.email == "ann@example.org" && verified.name == "Ann")
  }

  @Test(
    arguments: [
      ["exp": 1_799_999_941], ["exp": 1_799_999_940.5], ["nbf": 1_800_000_060], ["iat": 1_800_000_060],
      ["aud": ["a", "b"]], ["iss": "anybody"],
    ] as [[String: JSONValue]])
  func `what is right within the leeway is taken`(changes: [String: JSONValue]) async {
    #expect(await refusal(of: TestToken.hmac(TestToken.claims(changes)), by: verifier) == nil)
  }

  @Test(
    arguments: [
      (["exp": 1_799_999_940], .expired), (["exp": nil], .claims), (["exp": "tomorrow"], .claims),
      (["exp": -1], .expired), (["nbf": 1_800_000_061], .notYetValid), (["iat": 1_800_000_061], .notYetValid),
      (["nbf": "x"], .claims), (["sub": nil], .claims), (["sub": ""], .claims), (["sub": 7], .claims),
      (["sub": "a\nb"], .claims), (["jti": 7], .claims),
      (["sub": .string(String(repeating: "a", count: 256))], .claims),
    ] as [([String: JSONValue], TokenError.Reason)])
  func `claims that do not hold are refused`(changes: [String: JSONValue], reason: TokenError.Reason) async {
    #expect(await refusal(of: TestToken.hmac(TestToken.claims(changes)), by: verifier) == reason)
  }

  @Test(
    arguments: [
      (["iss": "https://app.example", "aud": "api"], nil),
      (["iss": "https://app.example", "aud": ["x", "api"]], nil),
      (["aud": "api"], .issuer), (["iss": "https://app.example.evil", "aud": "api"], .issuer),
      (["iss": ["https://app.example"], "aud": "api"], .claims), (["iss": "https://app.example"], .audience),
      (["iss": "https://app.example", "aud": "apis"], .audience),
      (["iss": "https://app.example", "aud": ["api", 7]], .claims),
    ] as [([String: JSONValue], TokenError.Reason?)])
  func `issuer and audience are checked where they are set`(
    changes: [String: JSONValue], reason: TokenError.Reason?
  ) async {
    var verifier = verifier
    verifier.issuer = "https://app.example"
    verifier.audiences = ["api"]
    #expect(await refusal(of: TestToken.hmac(TestToken.claims(changes)), by: verifier) == reason)
  }

  @Test(arguments: [
    "none", "None", "NONE", "nOnE", "", "HS1", "hs256", "HS256 ", "RS256", "ES256", "EdDSA", "dir",
    "HS256\u{0}",
  ])
  func `no other algorithm is taken, whatever the header says`(algorithm: String) async {
    let header = JSONValue.object(["alg": .string(algorithm)])
    let signed = TestToken.hmac(TestToken.claims(), header: header)
    #expect(await refusal(of: signed, by: verifier) == .algorithm)
    #expect(
      await refusal(of: TestToken.unsigned(header.text, TestToken.claims()), by: verifier) == .algorithm)
  }

  @Test func `a changed token is refused at every place`() async {
    let token = Array(TestToken.hmac(TestToken.claims()).utf8)
    for index in token.indices {
      var changed = token
      changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      #expect(await refusal(of: String(decoding: changed, as: UTF8.self), by: verifier) != nil)
    }
  }

  @Test(arguments: [
    "", ".", "..", "...", "a.b.c", "eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJIUzI1NiJ9.e30",
    "eyJhbGciOiJIUzI1NiJ9.e30.",
    "eyJhbGciOiJIUzI1NiJ9.e30.AA==", "W10.e30.AA", "e30.e30.AA", "eyJhbGciOjV9.e30.AA", " e30.e30.AA",
  ])
  func `what is no token is refused`(text: String) async {
    #expect(await refusal(of: text, by: verifier) != nil)
  }

  @Test(arguments: [
    #"{"alg":"HS256","alg":"HS256"}"#, #"{"alg":"HS256","crit":["exp"]}"#, #"{"alg":"HS256","b64":false}"#,
    #"{"alg":"HS256","crit":null}"#,
    #"{"alg":"HS256","kid":7}"#, #"{"alg":"HS256"} "x""#, #"{"alg":"HS256","kid":null}"#,
    #"{"alg":["HS256"]}"#,
    "\u{FEFF}{\"alg\":\"HS256\"}",
  ])
  func `a header that is doubtful is refused, though its signature holds`(header: String) async {
    let token = TestToken.sign(header, TestToken.claims().text, key: Array(TestToken.secret.utf8))
    #expect(await refusal(of: token, by: verifier) == .malformed)
  }

  @Test func `a claim given twice is refused`() async {
    let claims = #"{"sub":"ann","exp":1800000900,"\u0073ub":"bob"}"#
    let token = TestToken.sign(#"{"alg":"HS256"}"#, claims, key: Array(TestToken.secret.utf8))
    #expect(await refusal(of: token, by: verifier) == .malformed)
  }

  @Test func `an oversized token is refused before it is read`() async {
    let claims = TestToken.claims(["image": .string(String(repeating: "x", count: 20_000))])
    #expect(await refusal(of: TestToken.hmac(claims), by: verifier) == .tooLarge)
  }

  @Test(arguments: ["", "other", TestToken.secret + "x"])
  func `another secret is refused`(secret: String) async {
    #expect(await refusal(of: TestToken.hmac(TestToken.claims(), secret: secret), by: verifier) == .signature)
  }

  @Test func `tokens issued for accounts are verified and name the account`() async throws {
    let account = Account(
      id: "a1", email: "ann@example.org", name: "Ann", passwordHash: "", createdAt: TestToken.now,
      tokensValidAfter: TestToken.now)
    let issuer = TokenIssuer(
      secret: Array(TestToken.secret.utf8), issuer: "me", audience: "you", lifetime: 3600)
    let first = try issuer.issue(for: account, at: TestToken.now)
    let second = try issuer.issue(for: account, at: TestToken.now)
    var verifier = verifier
    verifier.issuer = "me"
    verifier.audiences = ["you"]
    let verified = try await verifier.verify(first.token, at: TestToken.now)
    #expect(verified.subject == "a1" && verified.email == "ann@example.org" && verified.name == "Ann")
    #expect(verified.issuedAt == TestToken.now && verified.expiresAt == first.expiresAt)
    #expect(try await verifier.verify(second.token, at: TestToken.now).id != verified.id)
    #expect(await refusal(of: first.token, by: verifier, at: TestToken.now + 3661) == .expired)
  }
}
