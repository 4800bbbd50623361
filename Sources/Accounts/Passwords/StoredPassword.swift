import Cryptography

/// A password as it is kept: `scrypt$N$r$p$SALT$HASH`, salt and hash in base64url.
struct StoredPassword: Equatable {
  var parameters: Scrypt
  var salt: [UInt8]
  var hash: [UInt8]

  init(parameters: Scrypt, salt: [UInt8], hash: [UInt8]) {
    self.parameters = parameters
    self.salt = salt
    self.hash = hash
  }

  /// Nil for any other text.
  init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "scrypt", let cost = Int(parts[1]), let blockSize = Int(parts[2]),
      let parallelism = Int(parts[3]), let salt = Base64URL.decode(parts[4]),
      let hash = Base64URL.decode(parts[5]), hash.count >= 16
    else { return nil }
    self.init(
      parameters: Scrypt(cost: cost, blockSize: blockSize, parallelism: parallelism), salt: salt, hash: hash)
  }

  var text: String {
    "scrypt$\(parameters.cost)$\(parameters.blockSize)$\(parameters.parallelism)"
      + "$\(Base64URL.encode(salt))$\(Base64URL.encode(hash))"
  }
}
