import FoundationEssentials
import State
import Testing

@testable import Accounts

@Suite struct KeyRingTests {
  @Test func `a key is found by its text, which is not kept`() async throws {
    try await withTestState { place in
      let made = try await place.ring.make(name: "backend", scopes: [.chat, .search])
      #expect(made.text.hasPrefix("fn_") && made.text.count == 35)
      let found = try await place.ring.key(made.text)
      #expect(found?.name == "backend" && found?.scopes == [.chat, .search])
      let listed = try await place.ring.keys()
      #expect(listed.count == 1 && !"\(listed)".contains(made.text) && made.text.hasPrefix(listed[0].prefix))
    }
  }

  @Test func `changed, revoked and expired keys are not found`() async throws {
    try await withTestState { place in
      // Times are stored to the millisecond.
      let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded())
      let made = try await place.ring.make(name: "a", scopes: [.chat], expiresAt: now + 60, at: now)
      for text in [made.text + "A", String(made.text.dropLast()), made.text.lowercased(), "", "fn_"] {
        #expect(try await place.ring.key(text) == nil)
      }
      #expect(try await place.ring.key(made.text, at: now + 59) != nil)
      #expect(try await place.ring.key(made.text, at: now + 60) == nil)
      #expect(try await place.ring.revoke(made.key.id))
      #expect(try await place.ring.key(made.text) == nil)
      #expect(try await !place.ring.revoke("nothing"))
    }
  }

  @Test func `a key that pages show may not change anything`() async throws {
    try await withTestState { place in
      for scope in [APIKey.Scope.ingest, .admin] {
        await #expect(throws: AccountError.self) {
          try await place.ring.make(name: "site", scopes: [.chat, scope], origins: ["https://example.org"])
        }
      }
      await #expect(throws: AccountError.self) { try await place.ring.make(name: "", scopes: [.chat]) }
      await #expect(throws: AccountError.self) { try await place.ring.make(name: "x", scopes: []) }
      await #expect(throws: AccountError.self) {
        try await place.ring.make(name: "x", scopes: [.chat], expiresAt: Date() - 1)
      }
    }
  }
}
