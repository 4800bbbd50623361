import Testing

@testable import Cryptography

/// The examples of RFC 7515 (appendices A.2 and A.3) and RFC 8037 (appendix A.4).
@Suite struct PublicKeyTests {
  struct Example: Sendable {
    var key: PublicKey
    var scheme: SignatureScheme
    var message: String
    var signature: String

    func isValid(message: String? = nil, scheme: SignatureScheme? = nil, flipping bit: Int? = nil) -> Bool {
      guard var bytes = Base64URL.decode(signature) else { return false }
      if let bit { bytes[bit / 8] ^= 1 << UInt8(bit % 8) }
      return key.isValid(bytes, for: Array((message ?? self.message).utf8), scheme ?? self.scheme)
    }
  }

  static func bytes(_ text: String) throws -> [UInt8] { try #require(Base64URL.decode(text)) }

  static func examples() throws -> [Example] {
    [
      Example(
        key: try PublicKey(ed25519: bytes("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")), scheme: .ed25519,
        message: "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
        signature:
          "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"),
      Example(
        key: try PublicKey(
          .p256, x: bytes("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
          y: bytes("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")),
        scheme: .ecdsa(.sha256), message: "eyJhbGciOiJFUzI1NiJ9." + claims,
        signature:
          "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"),
      Example(
        key: try PublicKey(rsaModulus: bytes(modulus), exponent: [1, 0, 1]), scheme: .rsaPKCS1(.sha256),
        message: "eyJhbGciOiJSUzI1NiJ9." + claims, signature: rsaSignature),
    ]
  }

  @Test func `the RFCs' signatures hold`() throws {
    for example in try Self.examples() { #expect(example.isValid()) }
  }

  @Test func `no changed message, signature or scheme passes`() throws {
    let schemes: [SignatureScheme] = [
      .ed25519, .ecdsa(.sha256), .ecdsa(.sha512), .rsaPKCS1(.sha256), .rsaPKCS1(.sha384), .rsaPSS(.sha256),
    ]
    for example in try Self.examples() {
      #expect(!example.isValid(message: example.message + "x"))
      for bit in stride(from: 0, to: 512, by: 37) { #expect(!example.isValid(flipping: bit)) }
      for scheme in schemes where scheme != example.scheme { #expect(!example.isValid(scheme: scheme)) }
    }
  }

  @Test func `signatures of zeros and of other lengths do not pass`() throws {
    for example in try Self.examples() {
      for count in [0, 1, 63, 64, 65, 132, 256, 4096] {
        let zeros = [UInt8](repeating: 0, count: count)
        #expect(!example.key.isValid(zeros, for: Array(example.message.utf8), example.scheme))
      }
    }
  }

  @Test func `keys that are none or too weak are refused`() throws {
    #expect(throws: CryptographyError.self) { try PublicKey(ed25519: [1, 2, 3]) }
    let one = [UInt8](repeating: 1, count: 32)
    #expect(throws: CryptographyError.self) { try PublicKey(.p256, x: one, y: one) }
    #expect(throws: CryptographyError.self) { try PublicKey(.p521, x: one, y: one) }
    let weak = [UInt8](repeating: 0xFF, count: 128)
    #expect(throws: CryptographyError.self) { try PublicKey(rsaModulus: weak, exponent: [1, 0, 1]) }
    let modulus = try Self.bytes(Self.modulus)
    let long = [UInt8](repeating: 0xFF, count: 9)
    #expect(throws: CryptographyError.self) { try PublicKey(rsaModulus: modulus, exponent: long) }
    #expect(throws: CryptographyError.self) { try PublicKey(rsaModulus: modulus, exponent: []) }
  }

  private static let claims =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
  private static let modulus =
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yR"
    + "T-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXB"
    + "dQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9ia"
    + "GNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"
  private static let rsaSignature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9"
    + "uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB"
    + "_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rq"
    + "Vt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
}
