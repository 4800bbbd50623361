/// How a message is signed.
public enum SignatureScheme: Sendable, Equatable {
  /// EdDSA over Ed25519 (RFC 8032).
  case ed25519
  /// ECDSA, the signature being r and s side by side (RFC 7518, section 3.4).
  case ecdsa(HashFunction)
  /// RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2).
  case rsaPKCS1(HashFunction)
  /// RSASSA-PSS with MGF1 of the same hash and a salt as long as its digest (RFC 8017, section 8.1).
  case rsaPSS(HashFunction)
}
