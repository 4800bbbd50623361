internal import COpenSSL

/// Bytes that nobody can guess.
public enum RandomBytes {
  /// - Throws: only where the system has no entropy, which leaves nothing safe to go on with.
  public static func make(_ count: Int) throws(CryptographyError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    try check(RAND_bytes(&bytes, Int32(clamping: count)), "Drawing random bytes")
    return bytes
  }
}
