import Testing

@testable import Cryptography

@Suite struct HashingTests {
  @Test(arguments: [
    (HashFunction.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      .sha384,
      "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
    ),
    (
      .sha512,
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    ),
  ])
  func `digests are those of FIPS 180-4's example`(hash: HashFunction, digest: String) {
    #expect(Hexadecimal.encode(hash.digest("abc".utf8)) == digest)
  }

  @Test(arguments: [
    (
      HashFunction.sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      .sha384,
      "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"
    ),
    (
      .sha512,
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
        + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
    ),
  ])
  func `authentication codes are those of RFC 4231's second case`(hash: HashFunction, code: String) {
    let message = Array("what do ya want for nothing?".utf8)
    let made = hash.authenticationCode(for: message, key: Array("Jefe".utf8))
    #expect(Hexadecimal.encode(made) == code)
    #expect(hash.isValid(made, for: message, key: Array("Jefe".utf8)))
    #expect(!hash.isValid(made, for: message, key: []))
    #expect(!hash.isValid(Array(made.dropLast()), for: message, key: Array("Jefe".utf8)))
  }

  @Test func `an empty key is a key, and not the one used before`() {
    let message = Array("message".utf8)
    let first = HashFunction.sha256.authenticationCode(for: message, key: [])
    _ = HashFunction.sha256.authenticationCode(for: message, key: [1, 2, 3])
    #expect(HashFunction.sha256.authenticationCode(for: message, key: []) == first)
  }

  @Test(arguments: [
    ("secret", "secret", true), ("secret", "secre", false), ("secre", "secret", false), ("", "", true),
    ("", "secret", false), ("secretsecret", "secret", false),
  ])
  func `secrets are compared as a whole`(sent: String, secret: String, isEqual: Bool) {
    #expect(ConstantTime.equals(sent, secret) == isEqual)
  }

  @Test func `random bytes do not repeat`() throws {
    #expect(try RandomBytes.make(16) != RandomBytes.make(16))
    #expect(try RandomBytes.make(33).count == 33)
  }

  @Test func `scrypt gives RFC 7914's third result`() throws {
    let scrypt = Scrypt(cost: 1024, blockSize: 8, parallelism: 16)
    let key = try scrypt.key(password: Array("password".utf8), salt: Array("NaCl".utf8), count: 64)
    #expect(
      Hexadecimal.encode(key)
        == "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")
  }

  @Test(arguments: [
    (0, 8, 1), (1000, 8, 1), (1 << 21, 8, 1), (1 << 20, 8, 1), (1024, 0, 1), (1024, 8, 0), (-2, 8, 1),
  ])
  func `scrypt refuses parameters that cost too much or mean nothing`(n: Int, r: Int, p: Int) {
    #expect(throws: CryptographyError.self) {
      try Scrypt(cost: n, blockSize: r, parallelism: p).key(password: [1], salt: [2], count: 32)
    }
  }
}
