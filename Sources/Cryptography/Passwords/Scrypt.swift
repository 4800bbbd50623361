internal import COpenSSL

/// The function that makes guessing passwords cost memory and time (RFC 7914).
public struct Scrypt: Sendable, Equatable {
  /// N: a power of two; time and memory grow with it.
  public var cost: Int
  /// r: memory is 128 · N · r bytes.
  public var blockSize: Int
  /// p: time grows with it, memory does not.
  public var parallelism: Int

  public init(cost: Int, blockSize: Int, parallelism: Int) {
    self.cost = cost
    self.blockSize = blockSize
    self.parallelism = parallelism
  }

  /// The bytes that one derivation holds, or nil for parameters that nobody should compute with: more than 256 MiB,
  /// N that is no power of two, anything not positive.
  public var memory: Int? {
    guard cost > 1, cost & (cost - 1) == 0, blockSize > 0, (1...16).contains(parallelism) else { return nil }
    guard cost <= 1 << 20, blockSize <= 32, 128 * cost * blockSize <= 256 << 20 else { return nil }
    return 128 * blockSize * (cost + parallelism)
  }

  /// A key of `count` bytes. It takes tens of milliseconds or more: never call it on the cooperative pool.
  public func key(
    password: [UInt8], salt: [UInt8], count: Int
  ) throws(CryptographyError) -> [UInt8] {
    guard let memory else {
      throw CryptographyError("Scrypt cannot use N=\(cost), r=\(blockSize), p=\(parallelism).")
    }
    var key = [UInt8](repeating: 0, count: count)
    let code = password.withUnsafeBytes { password in
      EVP_PBE_scrypt(
        password.baseAddress?.assumingMemoryBound(to: CChar.self), password.count, salt, salt.count,
        UInt64(cost), UInt64(blockSize), UInt64(parallelism), UInt64(memory + (1 << 20)), &key, count)
    }
    try check(code, "Deriving a key from a password")
    return key
  }
}
