import Cryptography
import Testing

@testable import Accounts

@Suite struct PasswordHasherTests {
  static let quick = Scrypt(cost: 1 << 10, blockSize: 8, parallelism: 1)

  @Test func `a password is right for its own hash only`() async throws {
    let hasher = PasswordHasher(parameters: Self.quick)
    let stored = try await hasher.hash("correct horse battery")
    #expect(stored.hasPrefix("scrypt$1024$8$1$") && !stored.contains("horse"))
    #expect(try await hasher.isRight("correct horse battery", for: stored))
    for wrong in ["", "correct horse", "correct horse battery ", "Correct horse battery"] {
      #expect(try await !hasher.isRight(wrong, for: stored))
    }
    #expect(try await hasher.hash("correct horse battery") != stored)
  }

  @Test(arguments: [
    nil, "", "scrypt", "scrypt$1024$8$1$AAAA$", "bcrypt$1024$8$1$AAAA$AAAAAAAAAAAAAAAAAAAAAA",
    "scrypt$x$8$1$AA$AA",
  ])
  func `no password is right where none is kept`(stored: String?) async throws {
    #expect(try await !PasswordHasher(parameters: Self.quick).isRight("", for: stored))
  }

  @Test func `a hash with parameters that cost too much is an error, not a hang`() async {
    let stored = "scrypt$1073741824$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA"
    await #expect(throws: CryptographyError.self) {
      try await PasswordHasher(parameters: Self.quick).isRight("x", for: stored)
    }
  }

  @Test func `hashes of other parameters are checked and told apart`() async throws {
    let old = try await PasswordHasher(parameters: Self.quick).hash("correct horse battery")
    let hasher = PasswordHasher(parameters: Scrypt(cost: 1 << 11, blockSize: 8, parallelism: 1))
    #expect(try await hasher.isRight("correct horse battery", for: old))
    #expect(hasher.isOutdated(old))
    let new = try await hasher.hash("correct horse battery")
    #expect(!hasher.isOutdated(new))
  }

  @Test func `a crowd is refused instead of queued for ever`() async {
    let hasher = PasswordHasher(
      parameters: Scrypt(cost: 1 << 14, blockSize: 8, parallelism: 1), mostWaiting: 4)
    let refused = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<100 {
        group.addTask {
          do {
            _ = try await hasher.isRight("x", for: nil)
            return false
          } catch {
            return error is PasswordHasher.Busy
          }
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(refused > 0 && refused < 100)
  }
}
