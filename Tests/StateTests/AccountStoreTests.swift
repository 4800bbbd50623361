import FoundationEssentials
import State
import Testing

@Suite struct AccountStoreTests {
  @Test(arguments: StateKind.allCases)
  func `an account is found by id and by address in any case`(kind: StateKind) async throws {
    try await withState(kind) { state in
      var account = sampleAccount("1", "ann@example.org")
      account.failures = 3
      account.lastFailure = moment(5)
      account.isAdministrator = true
      try await state.accounts.add(account)
      try await state.accounts.add(sampleAccount("2", "Aaron@Example.org"))
      #expect(try await state.accounts.account(id: "1") == account)
      #expect(try await state.accounts.account(email: "ANN@example.org") == account)
      #expect(try await state.accounts.account(email: "none@example.org") == nil)
      #expect(try await state.accounts.account(id: "none") == nil)
      #expect(try await state.accounts.accounts().map(\.email) == ["aaron@example.org", "ann@example.org"])
    }
  }

  @Test(arguments: StateKind.allCases)
  func `an address belongs to one account`(kind: StateKind) async throws {
    try await withState(kind) { state in
      try await state.accounts.add(sampleAccount("1", "ann@example.org"))
      try await state.accounts.add(sampleAccount("2", "bob@example.org"))
      let error = await #expect(throws: StateError.self) {
        try await state.accounts.add(sampleAccount("3", "ann@example.org"))
      }
      #expect(error?.code == .exists && error?.message.contains("ann@example.org") == true)
      let second = await #expect(throws: StateError.self) {
        try await state.accounts.update(account: "2") { $0.email = "Ann@example.org" }
      }
      #expect(second?.code == .exists)
      #expect(try await state.accounts.account(id: "2")?.email == "bob@example.org")
      #expect(try await state.accounts.accounts().count == 2)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `failures from everywhere are all counted`(kind: StateKind) async throws {
    try await withStates(kind, 2) { states in
      try await states[0].accounts.add(sampleAccount("1", "ann@example.org"))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<20 {
          group.addTask { try await states[number % 2].accounts.update(account: "1") { $0.failures += 1 } }
        }
        try await group.waitForAll()
      }
      #expect(try await states[0].accounts.account(id: "1")?.failures == 20)
      let missing = try await states[0].accounts.update(account: "none") { $0.failures += 1 }
      #expect(missing == nil)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `a key is found by its hash until it is revoked, and after`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let key = APIKey(
        id: "k", name: "site", hash: "abc", prefix: "fn_1", scopes: [.chat, .search],
        origins: ["https://example.org", "https://b.example"], createdAt: moment(0), expiresAt: moment(60))
      try await state.accounts.add(key)
      try await state.accounts.add(
        APIKey(id: "l", name: "other", hash: "def", prefix: "fn_2", scopes: [], createdAt: moment(1)))
      #expect(try await state.accounts.key(hash: "abc") == key)
      #expect(try await state.accounts.key(hash: "none") == nil)
      #expect(try await state.accounts.key(id: "k") == key)
      #expect(try await state.accounts.key(id: "none") == nil)
      #expect(try await state.accounts.keys().map(\.id) == ["k", "l"])
      #expect(try await state.accounts.revoke(key: "k"))
      #expect(try await state.accounts.revoke(key: "none") == false)
      #expect(try await state.accounts.key(hash: "abc")?.isRevoked == true)
      #expect(try await state.accounts.key(hash: "def")?.isRevoked == false)
      let error = await #expect(throws: StateError.self) { try await state.accounts.add(key) }
      #expect(error?.code == .exists)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `a token that was taken back stays void`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let later = Date().addingTimeInterval(3600)
      try await state.accounts.revoke(token: "t", until: later)
      try await state.accounts.revoke(token: "t", until: later)
      try await state.accounts.revoke(token: "u", until: later)
      #expect(try await state.accounts.isRevoked(token: "t"))
      #expect(try await state.accounts.isRevoked(token: "v") == false)
      // One that has expired need not be remembered.
      try await state.accounts.revoke(token: "old", until: Date().addingTimeInterval(-60))
      try await state.accounts.revoke(token: "new", until: later)
      #expect(try await state.accounts.isRevoked(token: "old") == false)
      #expect(try await state.accounts.isRevoked(token: "t"))
    }
  }
}
