import Synchronization

/// A provider on this machine: checks every request against the contract, answers it, and misbehaves when
/// told to.
public final class FakeProvider: Sendable {
  /// Answers a request and adds what is wrong with it to the list.
  public typealias Check = @Sendable (LocalRequest, inout [String]) -> LocalResponse

  private struct State {
    var violations: [String] = []
    var faults: [Fault] = []
    var served = 0
  }

  public let key: String
  private let server: LocalServer
  private let state: Shared

  private final class Shared: Sendable {
    let state = Mutex(State())
  }

  public init(key: String, _ check: @escaping Check) throws {
    self.key = key
    let shared = Shared()
    state = shared
    server = try LocalServer { request, connection in
      var problems: [String] = []
      if request.header("Authorization") != "Bearer \(key)" { problems.append("wrong Authorization header") }
      let right = check(request, &problems)
      let fault = shared.state.withLock { state in
        state.violations += problems.map { "\(request.method) \(request.target): \($0)" }
        return state.faults.isEmpty ? nil : state.faults.removeFirst()
      }
      if let fault {
        fault.perform(insteadOf: right, on: connection)
      } else if right.isEventStream {
        connection.beginChunks(right)
        connection.chunk(String(decoding: right.body, as: UTF8.self))
        connection.endChunks()
      } else {
        connection.respond(right)
      }
    }
  }

  public var url: String { server.url }
  public var requests: [LocalRequest] { server.requests }

  /// What was wrong with the requests so far; tests expect none.
  public var violations: [String] { state.state.withLock { $0.violations } }

  /// The next requests are answered with these, one each.
  public func misbehave(_ faults: Fault...) {
    state.state.withLock { $0.faults += faults }
  }

  /// The JSON bodies of the requests to a path.
  public func bodies(_ path: String) -> [TestJSON] {
    requests.filter { $0.path == path }.map { TestJSON($0.body) ?? .null }
  }
}

/// Notes what is wrong with the members of an object.
func checkMembers(
  _ body: TestJSON, required: Set<String>, optional: Set<String>, _ problems: inout [String], of what: String
) {
  guard let members = body.members else {
    problems.append("\(what) is not an object")
    return
  }
  for name in required where members[name] == nil { problems.append("\(what) has no '\(name)'") }
  for (name, value) in members {
    if !required.contains(name), !optional.contains(name) {
      problems.append("\(what) has an unknown '\(name)'")
    }
    if value == .null { problems.append("\(what) has a null '\(name)'") }
  }
}

/// Vectors that depend on text and size only, deliberately not of length 1.
public func fakeVector(_ text: String, dimensions: Int) -> [Float] {
  // FNV-1a, then a linear congruential generator (Knuth's MMIX).
  var state: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return (0..<dimensions).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(Int64(bitPattern: state) >> 40) / Float(1 << 20)
  }
}
