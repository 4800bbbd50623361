import Glibc

/// Addresses and networks: `10.0.0.5`, `10.0.0.0/8`, `2001:db8::/32`.
public struct AddressRanges: Sendable, Equatable {
  private struct Range: Equatable {
    var bytes: [UInt8]
    var bits: Int
  }

  private var ranges: [Range] = []

  public init() {}

  /// Nil if one of the texts is no address or network.
  public init?(_ texts: some Sequence<String>) {
    for text in texts {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard let bytes = Self.bytes(String(parts[0])), parts.count <= 2 else { return nil }
      let bits = parts.count == 2 ? Int(parts[1]) : bytes.count * 8
      guard let bits, (0...bytes.count * 8).contains(bits) else { return nil }
      ranges.append(Range(bytes: bytes, bits: bits))
    }
  }

  /// False for a text that is no address.
  public func contains(_ address: String) -> Bool {
    guard !ranges.isEmpty, let bytes = Self.bytes(address) else { return false }
    return ranges.contains { range in
      guard range.bytes.count == bytes.count else { return false }
      let whole = range.bits / 8
      guard range.bytes[..<whole] == bytes[..<whole] else { return false }
      let rest = range.bits % 8
      return rest == 0 || (range.bytes[whole] ^ bytes[whole]) >> UInt8(8 - rest) == 0
    }
  }

  /// The 4 or 16 bytes of an address; an IPv4 address written as an IPv6 one has 4. Nil for any other text.
  public static func bytes(_ address: String) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, address, &bytes) == 1 { return Array(bytes[..<4]) }
    guard inet_pton(AF_INET6, address, &bytes) == 1 else { return nil }
    let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
    return isMapped ? Array(bytes[12...]) : bytes
  }
}
