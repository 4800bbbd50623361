import Cryptography

/// SHA-256 of a content (FIPS 180-4).
public struct ContentHash: Sendable, Hashable {
  /// 32 bytes.
  public let bytes: [UInt8]

  public init(_ content: some Sequence<UInt8>) {
    bytes = HashFunction.sha256.digest(content)
  }

  /// A hash as it was stored; empty for a content that has to be read again.
  init(stored bytes: [UInt8]) { self.bytes = bytes }

  public init(of text: String) { self.init(text.utf8) }

  /// The first 16 bytes: enough to tell the texts of one corpus apart.
  var short: [UInt8] { Array(bytes.prefix(16)) }

  public var hexadecimal: String { Hexadecimal.encode(bytes) }
}
