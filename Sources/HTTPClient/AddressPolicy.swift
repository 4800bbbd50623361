import Glibc

/// Which addresses a request may connect to.
public enum AddressPolicy: Sendable, Hashable {
  case any
  /// None that only this machine or its network can reach, so that a link in somebody's page cannot make us fetch what
  /// only we may see. Checked when connecting, after the name was resolved; a proxy's address is not checked.
  case publicOnly

  /// Whether addresses of this host are not for everybody: loopback, private, link-local, shared, multicast,
  /// reserved and documentation ranges (IANA special-purpose registries, RFC 6890). A name is private if it is
  /// `localhost` or below it; what other names resolve to is seen only on connecting.
  public static func isPrivate(host: String) -> Bool {
    let host = host.lowercased()
    if host == "localhost" || host.hasSuffix(".localhost") { return true }
    var four = in_addr()
    if inet_pton(AF_INET, host, &four) == 1 {
      return withUnsafeBytes(of: &four) { isPrivate(four: Array($0)) }
    }
    var six = in6_addr()
    if inet_pton(AF_INET6, host, &six) == 1 {
      return withUnsafeBytes(of: &six) { isPrivate(six: Array($0)) }
    }
    return false
  }

  static func isPrivate(_ address: UnsafePointer<sockaddr>) -> Bool {
    let bytes = UnsafeRawPointer(address)
    switch Int32(address.pointee.sa_family) {
    case AF_INET: return isPrivate(four: (4..<8).map { bytes.load(fromByteOffset: $0, as: UInt8.self) })
    case AF_INET6: return isPrivate(six: (8..<24).map { bytes.load(fromByteOffset: $0, as: UInt8.self) })
    default: return true
    }
  }

  private static func isPrivate(four: [UInt8]) -> Bool {
    switch (four[0], four[1], four[2]) {
    case (0, _, _), (10, _, _), (127, _, _), (224..., _, _): true
    case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (198, 18...19, _): true
    case (192, 0, 0), (192, 0, 2), (198, 51, 100), (203, 0, 113): true
    default: false
    }
  }

  private static func isPrivate(six: [UInt8]) -> Bool {
    // IPv4 inside IPv6: mapped (::ffff:0:0/96), and the well-known prefix of NAT64 (64:ff9b::/96).
    if six[..<10].allSatisfy({ $0 == 0 }), six[10] == 0xFF, six[11] == 0xFF {
      return isPrivate(four: Array(six[12...]))
    }
    if six[..<12].elementsEqual([0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) {
      return isPrivate(four: Array(six[12...]))
    }
    // Global unicast is 2000::/3, of which 2001:db8::/32 is for documentation and 2002::/16 tunnels IPv4.
    if six[0] & 0xE0 != 0x20 { return true }
    if six[0] == 0x20, six[1] == 0x02 { return isPrivate(four: Array(six[2..<6])) }
    return six[..<4].elementsEqual([0x20, 0x01, 0x0D, 0xB8])
  }
}
