import FoundationEssentials
import State
import Testing

@testable import Accounts

@Suite struct TokenAuthenticationTests {
  private let issuer = TokenIssuer(secret: Array(TestToken.secret.utf8), lifetime: 3600)
  private let verifier = TokenVerifier(secret: Array(TestToken.secret.utf8))

  private func refusal(_ token: String, _ place: TestState, at now: Date) async throws -> TokenError.Reason? {
    do {
      let authentication = TokenAuthentication(verifier: verifier, accounts: place.state.accounts)
      _ = try await authentication.user(token, at: now)
      return nil
    } catch let error as TokenError {
      return error.reason
    }
  }

  @Test func `an account's token holds until it is taken back`() async throws {
    try await withTestState { place in
      let now = TestToken.now
      let account = try await place.directory.add(
        email: "ann@example.org", password: SignInTests.password, at: now)
      let first = try issuer.issue(for: account, at: now + 1)
      let second = try issuer.issue(for: account, at: now + 1)
      let user = try await TokenAuthentication(verifier: verifier, accounts: place.state.accounts)
        .user(first.token, at: now + 2)
      #expect(user.account?.email == "ann@example.org")

      let id = try #require(user.token.id)
      try await place.state.accounts.revoke(token: id, until: first.expiresAt)
      #expect(try await refusal(first.token, place, at: now + 2) == .revoked)
      #expect(try await refusal(second.token, place, at: now + 2) == nil)
    }
  }

  @Test func `a new password voids older tokens`() async throws {
    try await withTestState { place in
      let now = TestToken.now
      let account = try await place.directory.add(
        email: "ann@example.org", password: SignInTests.password, at: now)
      let token = try issuer.issue(for: account, at: now + 1).token
      try await place.directory.setPassword("another horse battery", of: "ann@example.org", at: now + 10)
      #expect(try await refusal(token, place, at: now + 11) == .revoked)
      let fresh = try issuer.issue(for: account, at: now + 10.7).token
      #expect(try await refusal(fresh, place, at: now + 11) == nil)
    }
  }

  @Test func `a disabled account's tokens are void, also once it is enabled again`() async throws {
    try await withTestState { place in
      let now = TestToken.now
      let account = try await place.directory.add(
        email: "ann@example.org", password: SignInTests.password, at: now)
      let token = try issuer.issue(for: account, at: now + 1).token
      try await place.directory.setDisabled(true, "ann@example.org", at: now + 10)
      #expect(try await refusal(token, place, at: now + 11) == .disabled)
      try await place.directory.setDisabled(false, "ann@example.org", at: now + 20)
      #expect(try await refusal(token, place, at: now + 21) == .revoked)
    }
  }

  @Test func `a user of another service needs no account`() async throws {
    try await withTestState { place in
      let token = TestToken.hmac(TestToken.claims(["sub": "elsewhere"]))
      let reason = try await refusal(token, place, at: TestToken.now)
      #expect(reason == nil)
    }
  }
}
