import FoundationEssentials
import State
import Testing

@testable import Accounts

@Suite struct SignInTests {
  static let password = "correct horse battery"

  private func refusal(
    _ place: TestState, _ email: String, _ password: String, at now: Date = TestToken.now
  ) async throws -> SignIn.Refusal? {
    do {
      _ = try await place.signIn.account(email: email, password: password, at: now)
      return nil
    } catch let refusal as SignIn.Refusal {
      return refusal
    }
  }

  @Test func `the right password lets in, whatever the case of the address`() async throws {
    try await withTestState { place in
      try await place.directory.add(email: " Ann@Example.org ", name: "Ann", password: Self.password)
      let account = try await place.signIn.account(email: "ANN@example.ORG", password: Self.password)
      #expect(account.email == "ann@example.org" && account.name == "Ann")
    }
  }

  @Test func `a wrong password, an unknown person and a disabled one get the same answer`() async throws {
    try await withTestState { place in
      try await place.directory.add(email: "ann@example.org", password: Self.password)
      try await place.directory.add(email: "bob@example.org", password: Self.password)
      try await place.directory.setDisabled(true, "bob@example.org")
      #expect(try await refusal(place, "ann@example.org", "wrong password") == .wrong)
      #expect(try await refusal(place, "eve@example.org", Self.password) == .wrong)
      #expect(try await refusal(place, "bob@example.org", Self.password) == .wrong)
      #expect(try await refusal(place, "not an address", Self.password) == .wrong)
      #expect(try await refusal(place, "ann@example.org", String(repeating: "x", count: 2000)) == .wrong)
    }
  }

  @Test(arguments: ["ann@example.org", "nobody@example.org"])
  func `attempts are locked out for longer and longer, also for nobody`(email: String) async throws {
    try await withTestState { place in
      try await place.directory.add(email: "ann@example.org", password: Self.password)
      var now = TestToken.now
      var waits: [Duration] = []
      for _ in 0..<60 {
        guard case .locked(let wait) = try await refusal(place, email, "wrong password", at: now) else {
          continue
        }
        // The right password does not help while it is locked.
        #expect(try await refusal(place, email, Self.password, at: now) == .locked(wait: wait))
        waits.append(wait)
        now += TimeInterval(wait.components.seconds + 1)
      }
      #expect(waits.first.map { $0 <= .seconds(60) } == true)
      #expect(waits.contains { $0 > .seconds(300) } && waits.contains { $0 > .seconds(3600) })
    }
  }

  @Test func `guesses made at once are counted one by one`() async throws {
    try await withTestState { place in
      try await place.directory.add(email: "ann@example.org", password: Self.password)
      let wrong = try await withThrowingTaskGroup(of: Bool.self) { group in
        for index in 0..<40 {
          group.addTask { try await refusal(place, "ann@example.org", "guess number \(index)") == .wrong }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(wrong == 5)
    }
  }

  @Test func `failures are kept for administrators until the next success`() async throws {
    try await withTestState { place in
      try await place.directory.add(email: "ann@example.org", password: Self.password)
      for _ in 0..<2 { _ = try await refusal(place, "ann@example.org", "wrong password") }
      #expect(try await place.directory.accounts().first?.failures == 2)
      #expect(try await refusal(place, "ann@example.org", Self.password) == nil)
      #expect(try await place.directory.accounts().first?.failures == 0)
    }
  }

  @Test func `an unknown person's answer takes as long as a known one's`() async throws {
    try await withTestState { place in
      let hasher = PasswordHasher(parameters: .init(cost: 1 << 15, blockSize: 8, parallelism: 1))
      let directory = AccountDirectory(store: place.state.accounts, hasher: hasher)
      try await directory.add(email: "ann@example.org", password: Self.password)
      let signIn = SignIn(accounts: place.state.accounts, limits: place.state.limits, hasher: hasher)
      func median(_ email: String) async -> Duration {
        var times: [Duration] = []
        for round in 0..<5 {
          let start = ContinuousClock.now
          _ = try? await signIn.account(
            email: email, password: "wrong password", at: TestToken.now + Double(round) * 3600)
          times.append(ContinuousClock.now - start)
        }
        return times.sorted()[2]
      }
      let known = await median("ann@example.org")
      let unknown = await median("eve@example.org")
      // Other work on the machine blurs times; a missing hash would make one of them a hundredth of the other.
      #expect(known < unknown * 3 && unknown < known * 3)
    }
  }
}
