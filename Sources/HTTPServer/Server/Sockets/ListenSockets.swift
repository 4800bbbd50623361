internal import CMicroHTTPD
import Glibc

/// The sockets on which a server accepts connections: one for each address of its host.
struct ListenSockets: Sendable {
  let descriptors: [Int32]
  let address: ServerAddress

  /// Binds every address that `host` has. With port 0 all get the port that the first was given. An address
  /// of a family that this machine does not have is skipped if another one works.
  ///
  /// - Throws: `ServerError` naming the address; nothing stays open.
  static func open(host: String, port: Int) throws(ServerError) -> ListenSockets {
    guard (0...65_535).contains(port) else {
      throw ServerError(.unavailable, "Cannot listen on port \(port): ports lie between 0 and 65535.")
    }
    var descriptors: [Int32] = []
    var chosen = port
    var failure: ServerError?
    for var address in try resolve(host) {
      address.port = chosen
      let result = bind(&address)
      switch result {
      case .success(let descriptor):
        descriptors.append(descriptor)
        chosen = address.port
      case .failure(let number):
        let error = ServerError(ServerAddress(host: address.host, port: chosen), errno: number.code)
        // A family without an address is no reason to fail; a taken port is, in any family.
        if failure == nil || error.code != .unavailable { failure = error }
      }
    }
    if let failure, descriptors.isEmpty || failure.code != .unavailable {
      for descriptor in descriptors { close(descriptor) }
      throw failure
    }
    return ListenSockets(descriptors: descriptors, address: ServerAddress(host: host, port: chosen))
  }

  private struct Failure: Error {
    let code: Int32
  }

  private static func resolve(_ host: String) throws(ServerError) -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &list)
    guard code == 0 else {
      throw ServerError(
        .unknownHost,
        "Cannot listen on '\(host)': \(String(cString: gai_strerror(code))). "
          + "Give an address such as 127.0.0.1 or ::1, or a name of this machine.")
    }
    defer { freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var entry = list
    while let current = entry {
      if let address = current.pointee.ai_addr {
        addresses.append(SocketAddress(copying: address, length: current.pointee.ai_addrlen))
      }
      entry = current.pointee.ai_next
    }
    return addresses
  }

  /// A socket that listens on `address`, whose port is set to the one it was given.
  private static func bind(_ address: inout SocketAddress) -> Result<Int32, Failure> {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.family, kind, 0)
    guard descriptor >= 0 else { return .failure(Failure(code: errno)) }
    var yes: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    // A restarted server must not wait for the connections of the old one to be forgotten.
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size)
    if address.family == AF_INET6 {
      // Only the address of all interfaces takes IPv4 clients as well.
      var only: Int32 = address.host == "::" ? 0 : 1
      setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &only, size)
    }
    let bound = address.withMutable { pointer, length in
      Glibc.bind(descriptor, pointer, length.pointee) == 0 && listen(descriptor, 4_096) == 0
        && getsockname(descriptor, pointer, length) == 0
    }
    guard bound else {
      let number = errno
      close(descriptor)
      return .failure(Failure(code: number))
    }
    return .success(descriptor)
  }
}
