internal import COpenSSL

/// A key that checks signatures.
public struct PublicKey: Sendable {
  public enum Kind: Sendable, Equatable {
    case ed25519
    case ellipticCurve(EllipticCurve)
    case rsa
  }

  public let kind: Kind
  private let handle: KeyHandle

  /// - Parameter ed25519: 32 bytes.
  public init(ed25519 bytes: [UInt8]) throws(CryptographyError) {
    let key = bytes.count == 32 ? EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, 32) : nil
    guard let key else { throw CryptographyError(operation: "Reading an Ed25519 key") }
    handle = KeyHandle(key)
    kind = .ed25519
  }

  /// A point of a curve; one that is not on it is refused. The coordinates are big-endian and as long as the
  /// curve's, leading zeros included (RFC 7518, section 6.2.1).
  public init(_ curve: EllipticCurve, x: [UInt8], y: [UInt8]) throws(CryptographyError) {
    guard x.count == curve.byteCount, y.count == curve.byteCount else {
      throw CryptographyError("A coordinate of \(curve.group) has \(curve.byteCount) bytes.")
    }
    let point = [4] + x + y
    handle = try KeyHandle(made: footnote_ec_key(curve.group, point, point.count), "EC")
    kind = .ellipticCurve(curve)
  }

  /// - Parameters:
  ///   - modulus: 2,048 to 8,192 bits, big-endian.
  ///   - exponent: at most 64 bits, big-endian: a longer one only makes checking expensive.
  public init(rsaModulus modulus: [UInt8], exponent: [UInt8]) throws(CryptographyError) {
    let modulus = modulus.drop { $0 == 0 }.map(\.self)
    let exponent = exponent.drop { $0 == 0 }.map(\.self)
    let bits = modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0)
    guard (2048...8192).contains(bits), (1...8).contains(exponent.count) else {
      throw CryptographyError(
        "An RSA key of \(bits) bits cannot be used; 2,048 to 8,192 with an exponent of up to 64 can.")
    }
    let (n, e) = (Array(modulus.reversed()), Array(exponent.reversed()))
    handle = try KeyHandle(made: footnote_rsa_key(n, n.count, e, e.count), "RSA")
    kind = .rsa
  }

  /// Whether `signature` is one of `message` by this key's owner; false as well for a scheme of another kind of key.
  public func isValid(_ signature: [UInt8], for message: [UInt8], _ scheme: SignatureScheme) -> Bool {
    switch (scheme, kind) {
    case (.ed25519, .ed25519):
      return signature.count == 64 && handle.verify(signature, message, hash: nil)
    case (.ecdsa(let hash), .ellipticCurve(let curve)):
      guard signature.count == 2 * curve.byteCount else { return false }
      return handle.verify(DERSignature.encode(signature), message, hash: hash)
    case (.rsaPKCS1(let hash), .rsa):
      return handle.verify(signature, message, hash: hash)
    case (.rsaPSS(let hash), .rsa):
      return handle.verify(signature, message, hash: hash) { context in
        EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
          && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, Int32(hash.byteCount)) == 1
      }
    default:
      return false
    }
  }
}

/// An `EVP_PKEY`, freed with its last holder.
// @unchecked: OpenSSL allows any number of threads to use a key that none changes, and this one never changes.
private final class KeyHandle: @unchecked Sendable {
  private let key: OpaquePointer

  init(_ key: OpaquePointer) {
    self.key = key
  }

  /// Owns `key`, once OpenSSL has found it sound; nil stands for parts that made none.
  init(made key: OpaquePointer?, _ type: String) throws(CryptographyError) {
    let operation = "Reading a key of type \(type)"
    guard let key else { throw CryptographyError(operation: operation) }
    self.key = key
    let context = EVP_PKEY_CTX_new_from_pkey(nil, key, nil)
    defer { EVP_PKEY_CTX_free(context) }
    try check(context == nil ? 0 : EVP_PKEY_public_check(context), operation)
  }

  deinit {
    EVP_PKEY_free(key)
  }

  func verify(
    _ signature: [UInt8], _ message: [UInt8], hash: HashFunction?,
    configure: (OpaquePointer?) -> Bool = { _ in true }
  ) -> Bool {
    guard let context = EVP_MD_CTX_new() else { return false }
    defer {
      EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    var keyContext: OpaquePointer?
    guard EVP_DigestVerifyInit(context, &keyContext, hash?.algorithm, nil, key) == 1, configure(keyContext)
    else { return false }
    return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
  }
}
