internal import COpenSSL

/// Comparison of secrets that takes as long for a wrong one as for the right one.
public enum ConstantTime {
  /// The time depends on the lengths alone.
  public static func equals(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
  }

  /// The time depends on the length of `sent` alone: digests are compared, and the one of `secret` takes as long
  /// for every guess.
  public static func equals(_ sent: String, _ secret: String) -> Bool {
    equals(HashFunction.sha256.digest(sent.utf8), HashFunction.sha256.digest(secret.utf8))
  }
}
