import Cryptography
import Dispatch
import Synchronization

/// Hashes and checks passwords on a thread of its own, one at a time: each takes 64 MiB for a moment, and many at once
/// would be a way to exhaust the machine.
public final class PasswordHasher: Sendable {
  /// Too many sign-ins wait already.
  public struct Busy: Error, Sendable {}

  /// What a password of an unknown person is compared with, so that the answer takes as long.
  private let nobody: StoredPassword
  private let parameters: Scrypt
  private let mostWaiting: Int
  private let queue = DispatchQueue(label: "footnote.passwords")
  private let waiting = Atomic<Int>(0)

  /// - Parameters:
  ///   - parameters: for new passwords; those kept before are checked with their own.
  ///   - mostWaiting: further ones are refused at once; each takes some 0.2 s.
  public init(
    parameters: Scrypt = Scrypt(cost: 1 << 16, blockSize: 8, parallelism: 1), mostWaiting: Int = 32
  ) {
    self.parameters = parameters
    self.mostWaiting = mostWaiting
    nobody = StoredPassword(
      parameters: parameters, salt: [UInt8](repeating: 0, count: 16), hash: [UInt8](repeating: 0, count: 32))
  }

  /// - Throws: `Busy`, or `CryptographyError` if there is no memory for it.
  public func hash(_ password: String) async throws -> String {
    let salt = try RandomBytes.make(16)
    let key = try await derive(password, parameters, salt)
    return StoredPassword(parameters: parameters, salt: salt, hash: key).text
  }

  /// Whether `password` is the one that `stored` was made of; with nil it takes as long and is false.
  ///
  /// - Throws: `Busy`, or `CryptographyError` if there is no memory for it.
  public func isRight(_ password: String, for stored: String?) async throws -> Bool {
    let known = stored.flatMap(StoredPassword.init)
    let compared = known ?? nobody
    let key = try await derive(password, compared.parameters, compared.salt, count: compared.hash.count)
    return ConstantTime.equals(key, compared.hash) && known != nil
  }

  /// Whether a password was kept with other parameters than new ones are.
  public func isOutdated(_ stored: String) -> Bool { StoredPassword(stored)?.parameters != parameters }

  private func derive(
    _ password: String, _ parameters: Scrypt, _ salt: [UInt8], count: Int = 32
  ) async throws -> [UInt8] {
    guard waiting.add(1, ordering: .relaxed).newValue <= mostWaiting else {
      waiting.subtract(1, ordering: .relaxed)
      throw Busy()
    }
    return try await withCheckedThrowingContinuation { continuation in
      queue.async {
        let result = Result {
          try parameters.key(password: Array(password.utf8), salt: salt, count: count)
        }
        self.waiting.subtract(1, ordering: .relaxed)
        continuation.resume(with: result)
      }
    }
  }
}
