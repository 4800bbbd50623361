import Cryptography
import FoundationEssentials
import HTTPClient
import Models
import Synchronization
import TestSupport
import Testing

@testable import Accounts

/// Tokens signed with keys of a set that is fetched.
@Suite struct KeySetTests {
  /// A key server whose answer may change, and a clock that is set.
  private final class Place: Sendable {
    let answer = Mutex(LocalResponse.json("{}"))
    let time = Mutex(ContinuousClock.now)
    let reports = Mutex<[String]>([])

    func publish(_ keys: String...) {
      answer.withLock { $0 = .json(#"{"keys": [\#(keys.joined(separator: ","))]}"#) }
    }

    func pass(_ duration: Duration) { time.withLock { $0 += duration } }
  }

  private func withVerifier(
    _ body: (Place, LocalServer, TokenVerifier) async throws -> Void
  ) async throws {
    let place = Place()
    let server = try LocalServer { _, connection in connection.respond(place.answer.withLock { $0 }) }
    var configuration = KeySet.Configuration()
    configuration.now = { place.time.withLock { $0 } }
    configuration.deadline = .seconds(2)
    let keySet = KeySet(url: server.url + "/jwks", client: HTTPClient(), configuration: configuration) {
      text in
      place.reports.withLock { $0.append(text) }
    }
    try await body(place, server, TokenVerifier(keySet: keySet))
  }

  @Test(arguments: [
    SignedTokens.eddsa, SignedTokens.es256, SignedTokens.es384, SignedTokens.es512, SignedTokens.rs256,
    SignedTokens.ps256,
  ])
  func `tokens that PyJWT signed are verified`(signed: Signed) async throws {
    try await withVerifier { place, _, verifier in
      place.publish(SignedTokens.rotated.key, signed.key)
      var verifier = verifier
      verifier.issuer = "https://app.example"
      verifier.audiences = ["https://app.example"]
      let verified = try await verifier.verify(signed.token, at: TestToken.now)
      #expect(verified.subject == "ann" && verified.name == "Ann" && verified.signer == .keySet)
      let broken = String(signed.token.dropLast(8)) + "AAAAAAAA"
      #expect(await refusal(of: broken, by: verifier) == .signature)
    }
  }

  @Test func `keys are fetched once, and again when one is unknown or they are old`() async throws {
    try await withVerifier { place, server, verifier in
      place.publish(SignedTokens.eddsa.key)
      for _ in 0..<5 { #expect(await refusal(of: SignedTokens.eddsa.token, by: verifier) == nil) }
      #expect(server.requests.count == 1)
      // Unknown keys lead to no more than one fetch in a while.
      for _ in 0..<5 { #expect(await refusal(of: SignedTokens.rotated.token, by: verifier) == .unknownKey) }
      #expect(server.requests.count == 1)
      place.publish(SignedTokens.eddsa.key, SignedTokens.rotated.key)
      place.pass(.seconds(31))
      #expect(await refusal(of: SignedTokens.rotated.token, by: verifier) == nil)
      #expect(server.requests.count == 2)
    }
  }

  @Test func `many requests at once share one fetch`() async throws {
    try await withVerifier { place, server, verifier in
      place.publish(SignedTokens.eddsa.key)
      let refusals = await withTaskGroup(of: TokenError.Reason?.self) { group in
        for _ in 0..<50 { group.addTask { await refusal(of: SignedTokens.eddsa.token, by: verifier) } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(refusals.allSatisfy { $0 == nil } && server.requests.count == 1)
    }
  }

  @Test func `old keys serve while the key server is broken, for a day`() async throws {
    try await withVerifier { place, server, verifier in
      place.publish(SignedTokens.eddsa.key)
      #expect(await refusal(of: SignedTokens.eddsa.token, by: verifier) == nil)
      place.answer.withLock { $0 = LocalResponse("down", status: 500) }
      place.pass(.seconds(3600))
      #expect(await refusal(of: SignedTokens.eddsa.token, by: verifier) == nil)
      #expect(await refusal(of: SignedTokens.rotated.token, by: verifier) == .unknownKey)
      #expect(server.requests.count == 2)
      #expect(
        place.reports.withLock { $0.first }?.contains("status 500; the keys known before serve on") == true)
      place.pass(.seconds(86_400))
      #expect(await refusal(of: SignedTokens.eddsa.token, by: verifier) == .keysUnavailable)
    }
  }

  @Test(arguments: [
    LocalResponse("nothing here", status: 404), .json("[]"), .json(#"{"keys": {}}"#), .json(#"{"keys": []}"#),
    .json(#"{"keys": [{"kty": "oct", "k": "AAAA"}, 5, null]}"#), .json(#"{"keys": [], "keys": []}"#),
    LocalResponse(
      301, headers: [("Location", "http://127.0.0.1:1/jwks")], body: Array(SignedTokens.eddsa.key.utf8)),
    .json(#"{"keys": ["\#(String(repeating: "x", count: 300_000))"]}"#),
  ])
  func `without usable keys no token passes, and the reason is reported`(answer: LocalResponse) async throws {
    try await withVerifier { place, server, verifier in
      place.answer.withLock { $0 = answer }
      for _ in 0..<3 {
        #expect(await refusal(of: SignedTokens.eddsa.token, by: verifier) == .keysUnavailable)
      }
      #expect(server.requests.count == 1)
      #expect(place.reports.withLock { $0.count } == 1)
    }
  }

  @Test func `a hung key server holds a request no longer than the deadline`() async throws {
    let server = try LocalServer { _, connection in connection.waitForPeerToClose() }
    var configuration = KeySet.Configuration()
    configuration.deadline = .milliseconds(100)
    let keySet = KeySet(url: server.url, client: HTTPClient(), configuration: configuration) { _ in }
    let start = ContinuousClock.now
    #expect(
      await refusal(of: SignedTokens.eddsa.token, by: TokenVerifier(keySet: keySet)) == .keysUnavailable)
    #expect(ContinuousClock.now - start < .seconds(2))
  }

  @Test func `a public key's bytes are no secret to sign with`() async throws {
    try await withVerifier { place, _, verifier in
      place.publish(SignedTokens.rs256.key, SignedTokens.eddsa.key)
      let header = #"{"alg":"HS256","kid":"rs256"}"#
      for key in [SignedTokens.rs256.key, SignedTokens.eddsa.key] {
        let jwk = try #require(StrictJSON.parse(Array(key.utf8)))
        let material = jwk["n"]?.string ?? jwk["x"]?.string ?? ""
        for key in [Array(material.utf8), Base64URL.decode(material) ?? [], Array(key.utf8), []] {
          let token = TestToken.sign(header, TestToken.claims().text, key: key)
          #expect(await refusal(of: token, by: verifier) == .algorithm)
          // Nor where there is a secret too.
          var both = verifier
          both.secret = Array(TestToken.secret.utf8)
          #expect(await refusal(of: token, by: both) == .signature)
        }
      }
    }
  }

  @Test(arguments: [
    ("EdDSA", SignedTokens.rs256), ("RS256", SignedTokens.eddsa), ("ES256", SignedTokens.es512),
    ("PS256", SignedTokens.rs256), ("RS256", SignedTokens.ps256), ("none", SignedTokens.eddsa),
  ])
  func `a key is used with its own algorithms only`(algorithm: String, signed: Signed) async throws {
    try await withVerifier { place, _, verifier in
      place.publish(signed.key)
      let kid = try #require(StrictJSON.parse(Array(signed.key.utf8))?["kid"])
      let header = JSONValue.object(["alg": .string(algorithm), "kid": kid]).text
      let parts = signed.token.split(separator: ".")
      let token = Base64URL.encode(Array(header.utf8)) + "." + parts[1] + "." + parts[2]
      #expect(await refusal(of: token, by: verifier) != nil)
    }
  }

  @Test func `keys for encryption and weak keys are left out`() async throws {
    try await withVerifier { place, _, verifier in
      place.publish(
        SignedTokens.weak.key, SignedTokens.rs256.key.replacing(#""use": "sig""#, with: #""use": "enc""#),
        SignedTokens.es256.key.replacing(#""kid""#, with: #""key_ops": ["sign"], "kid""#),
        SignedTokens.eddsa.key)
      for signed in [SignedTokens.weak, SignedTokens.rs256, SignedTokens.es256] {
        #expect(await refusal(of: signed.token, by: verifier) == .unknownKey)
      }
      #expect(await refusal(of: SignedTokens.eddsa.token, by: verifier) == nil)
    }
  }

  @Test func `a token's own addresses of keys are never asked`() async throws {
    let trap = try LocalServer { _, connection in connection.respond(.json(#"{"keys": []}"#)) }
    try await withVerifier { place, _, verifier in
      place.publish(SignedTokens.eddsa.key)
      let header: JSONValue = [
        "alg": "EdDSA", "kid": "eddsa", "jku": .string(trap.url), "x5u": .string(trap.url),
        "jwk": StrictJSON.parse(Array(SignedTokens.rotated.key.utf8)) ?? nil,
      ]
      let parts = SignedTokens.rotated.token.split(separator: ".")
      let token = Base64URL.encode(Array(header.text.utf8)) + "." + parts[1] + "." + parts[2]
      #expect(await refusal(of: token, by: verifier) == .signature)
      #expect(trap.requests.isEmpty)
    }
  }
}
