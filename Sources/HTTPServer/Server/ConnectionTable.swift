/// The open connections of a server.
struct ConnectionTable {
  private var byID: [UInt64: Connection] = [:]
  /// Handed to the library, which has not begun with them yet, by socket.
  private var pending: [Int32: Connection] = [:]
  private var perAddress: [String: Int] = [:]
  private var lastID: UInt64 = 0

  var count: Int { byID.count }
  var all: [Connection] { Array(byID.values) }

  subscript(id: UInt64) -> Connection? { byID[id] }

  func count(from address: String) -> Int { perAddress[address] ?? 0 }

  mutating func nextID() -> UInt64 {
    lastID += 1
    return lastID
  }

  mutating func add(_ connection: Connection, socket: Int32) {
    // The library closed the socket's former connection without having begun with it.
    if let lost = pending[socket] { remove(lost) }
    byID[connection.id] = connection
    pending[socket] = connection
    perAddress[connection.address, default: 0] += 1
  }

  mutating func takePending(socket: Int32) -> Connection? {
    pending.removeValue(forKey: socket)
  }

  /// - Returns: true if it was there.
  @discardableResult
  mutating func remove(_ connection: Connection) -> Bool {
    guard byID.removeValue(forKey: connection.id) != nil else { return false }
    let left = (perAddress[connection.address] ?? 1) - 1
    perAddress[connection.address] = left > 0 ? left : nil
    return true
  }
}
