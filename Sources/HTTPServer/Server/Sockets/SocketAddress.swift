import Glibc

/// An address of the system's socket calls, in either family.
struct SocketAddress {
  var storage = sockaddr_storage()
  var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

  init() {}

  init(copying address: UnsafePointer<sockaddr>, length: socklen_t) {
    self.length = min(length, self.length)
    withUnsafeMutableBytes(of: &storage) { bytes in
      bytes.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(self.length)))
    }
  }

  var family: Int32 { Int32(storage.ss_family) }

  /// The port in this machine's byte order.
  var port: Int {
    get {
      Int(
        UInt16(
          bigEndian: withUnsafeBytes(of: storage) { $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self) }))
    }
    set {
      // `sin_port` and `sin6_port` both follow the family's two bytes.
      let value = UInt16(truncatingIfNeeded: newValue).bigEndian
      withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: value, toByteOffset: 2, as: UInt16.self) }
    }
  }

  /// `192.0.2.7`, `2001:db8::1`; an IPv4 client of an IPv6 socket as IPv4.
  var host: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    var copy = storage
    let offset = family == AF_INET6 ? 8 : 4
    let found = withUnsafeBytes(of: &copy) { bytes in
      inet_ntop(family, bytes.baseAddress.map { $0 + offset }, &text, socklen_t(text.count)) != nil
    }
    guard found else { return "unknown" }
    let host = text.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    return host.hasPrefix("::ffff:") && host.contains(".") ? String(host.dropFirst(7)) : host
  }

  mutating func withMutable<Result>(
    _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Result
  ) -> Result {
    withUnsafeMutablePointer(to: &length) { length in
      withUnsafeMutablePointer(to: &storage) { storage in
        storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
      }
    }
  }
}
