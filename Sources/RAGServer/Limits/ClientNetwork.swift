import HTTPServer

/// Whom a limit per client address counts as one.
enum ClientNetwork {
  /// An IPv4 address as it is, and the /64 network of an IPv6 address: one subscriber has at least that.
  static func name(of address: String) -> String {
    guard let bytes = AddressRanges.bytes(address), bytes.count == 16 else { return address }
    let groups = (0..<4).map { String(Int(bytes[$0 * 2]) << 8 | Int(bytes[$0 * 2 + 1]), radix: 16) }
    return groups.joined(separator: ":") + "::/64"
  }
}
