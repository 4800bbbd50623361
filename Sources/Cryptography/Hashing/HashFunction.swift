internal import COpenSSL

/// A hash function of the SHA-2 family (FIPS 180-4).
public enum HashFunction: Sendable {
  case sha256, sha384, sha512

  /// Bytes of a digest.
  public var byteCount: Int {
    switch self {
    case .sha256: 32
    case .sha384: 48
    case .sha512: 64
    }
  }

  public func digest(_ content: some Sequence<UInt8>) -> [UInt8] {
    let digest = content.withContiguousStorageIfAvailable(hash)
    return digest ?? Array(content).withUnsafeBufferPointer(hash)
  }

  /// The code that only holders of `key` can make for `message` (HMAC, RFC 2104).
  public func authenticationCode(for message: [UInt8], key: [UInt8]) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: byteCount)
    var count: UInt32 = 0
    // A null key would mean the key of the call before.
    let key = key.isEmpty ? [0] : key
    let length = Int32(clamping: key.count)
    let done = HMAC(algorithm, key, length, message, message.count, &code, &count)
    precondition(done != nil && Int(count) == byteCount, "HMAC of bytes in memory does not fail")
    return code
  }

  /// Whether `code` is the one for `message`; the time does not tell how much of it is right.
  public func isValid(_ code: [UInt8], for message: [UInt8], key: [UInt8]) -> Bool {
    ConstantTime.equals(code, authenticationCode(for: message, key: key))
  }

  private func hash(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: byteCount)
    var count: UInt32 = 0
    let code = EVP_Digest(content.baseAddress, content.count, &digest, &count, algorithm, nil)
    precondition(code == 1 && Int(count) == byteCount, "a hash of bytes in memory does not fail")
    return digest
  }

  var algorithm: OpaquePointer? {
    switch self {
    case .sha256: EVP_sha256()
    case .sha384: EVP_sha384()
    case .sha512: EVP_sha512()
    }
  }
}
