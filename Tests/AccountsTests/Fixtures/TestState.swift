import Cryptography
import State
import TestSupport

@testable import Accounts

/// People and keys in a state of their own.
struct TestState: Sendable {
  let state: State
  let hasher = PasswordHasher(parameters: Scrypt(cost: 1 << 10, blockSize: 8, parallelism: 1))

  var directory: AccountDirectory { AccountDirectory(store: state.accounts, hasher: hasher) }
  var signIn: SignIn { SignIn(accounts: state.accounts, limits: state.limits, hasher: hasher) }
  var ring: KeyRing { KeyRing(store: state.accounts) }
}

func withTestState(_ body: (TestState) async throws -> Void) async throws {
  try await withTemporaryDirectory { directory in
    let state = try await State.sqlite(path: directory + "/state.db")
    do {
      try await body(TestState(state: state))
    } catch {
      await state.close()
      throw error
    }
    await state.close()
  }
}
