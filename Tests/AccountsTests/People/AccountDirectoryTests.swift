import FoundationEssentials
import State
import Testing

@testable import Accounts

@Suite struct AccountDirectoryTests {
  @Test(arguments: [
    "", "ann", "ann@", "@example.org", "a@b@c", "ann @example.org", "ann@example.org, bob@example.org",
    "a\n@b",
  ])
  func `what is no address is refused`(email: String) async throws {
    try await withTestState { place in
      await #expect(throws: AccountError.self) {
        try await place.directory.add(email: email, password: SignInTests.password)
      }
    }
  }

  @Test func `a short password is refused with its length`() async throws {
    try await withTestState { place in
      let error = await #expect(throws: AccountError.self) {
        try await place.directory.add(email: "ann@example.org", password: "short")
      }
      #expect(error?.description == "The password has 5 characters; 10 are the least. Take a few words.")
    }
  }

  @Test func `an address is taken once`() async throws {
    try await withTestState { place in
      try await place.directory.add(email: "ann@example.org", password: SignInTests.password)
      let error = await #expect(throws: StateError.self) {
        try await place.directory.add(email: "ANN@example.org", password: SignInTests.password)
      }
      #expect(error?.code == .exists)
    }
  }

  @Test func `nobody is changed who is not there`() async throws {
    try await withTestState { place in
      await #expect(throws: AccountError.self) {
        try await place.directory.setDisabled(true, "eve@example.org")
      }
    }
  }
}
