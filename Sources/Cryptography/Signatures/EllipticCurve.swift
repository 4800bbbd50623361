/// A curve of FIPS 186-4.
public enum EllipticCurve: Sendable {
  case p256, p384, p521

  /// Bytes of one coordinate, and of each half of a signature.
  public var byteCount: Int {
    switch self {
    case .p256: 32
    case .p384: 48
    case .p521: 66
    }
  }

  /// OpenSSL's name.
  var group: String {
    switch self {
    case .p256: "P-256"
    case .p384: "P-384"
    case .p521: "P-521"
    }
  }
}
