internal import COpenSSL

/// SHA-256 of a content (FIPS 180-4).
public struct ContentHash: Sendable, Hashable {
  /// 32 bytes.
  public let bytes: [UInt8]

  public init(_ content: some Sequence<UInt8>) {
    var digest = [UInt8](repeating: 0, count: 32)
    let done: Void? = content.withContiguousStorageIfAvailable { Self.digest($0, into: &digest) }
    if done == nil { Array(content).withUnsafeBufferPointer { Self.digest($0, into: &digest) } }
    bytes = digest
  }

  public init(of text: String) { self.init(text.utf8) }

  private static func digest(_ content: UnsafeBufferPointer<UInt8>, into digest: inout [UInt8]) {
    var count: UInt32 = 0
    let code = EVP_Digest(content.baseAddress, content.count, &digest, &count, EVP_sha256(), nil)
    precondition(code == 1 && count == 32, "SHA-256 of bytes in memory does not fail")
  }

  /// The first 16 bytes: enough to tell the texts of one corpus apart.
  var short: [UInt8] { Array(bytes.prefix(16)) }

  public var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
