/// ECDSA signatures as OpenSSL reads them: a DER sequence of two integers (RFC 3279, section 2.2.3).
enum DERSignature {
  /// - Parameter halves: r and s, big-endian and of the same length, at most 66 bytes each.
  static func encode(_ halves: [UInt8]) -> [UInt8] {
    let middle = halves.count / 2
    let content = integer(halves[..<middle]) + integer(halves[middle...])
    return [0x30] + length(content.count) + content
  }

  private static func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var value = Array(bytes.drop { $0 == 0 })
    // The first bit is the sign.
    if value.first.map({ $0 >= 0x80 }) ?? true { value.insert(0, at: 0) }
    return [0x02] + length(value.count) + value
  }

  private static func length(_ count: Int) -> [UInt8] {
    count < 0x80 ? [UInt8(count)] : [0x81, UInt8(count)]
  }
}
