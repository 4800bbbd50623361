internal import CMicroHTTPD
import Glibc

/// Reads one request: its head, checked, and its body up to a limit.
struct RequestIntake {
  private enum BodyPlan {
    case none
    case collect(limit: Int)
    /// The request is refused already; so many bytes are still read to let the client finish.
    case drop(left: Int)
  }

  private let target: String
  private let targetEnd: UInt
  private(set) var head: RequestHead?
  private var received = ContinuousClock.Instant.now
  private var plan = BodyPlan.none
  private var body: [UInt8] = []
  private var rejection: HTTPError?
  private var isTaken = false
  /// True if what follows on the connection cannot be trusted to be a request.
  private(set) var mustClose = false
  /// True if the request is answered before its body is read. The library then closes the connection.
  private(set) var isComplete = false
  /// Bytes counted against the limit of all bodies.
  private(set) var reservedBytes = 0

  /// - Parameter target: as it stands in the library's buffer, before it is changed.
  init(target: UnsafePointer<CChar>?) {
    self.target = target.map { String(cString: $0) } ?? ""
    targetEnd = target.map { UInt(bitPattern: $0) + UInt(strlen($0)) } ?? 0
  }

  mutating func readHead(
    _ handle: ConnectionHandle, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>,
    connection: Connection
  ) {
    received = .now
    let engine = connection.engine
    let raw = RawHead(handle, targetEnd: targetEnd, method: method, version: version)
    let check = HeadCheck(
      method: raw.method, target: target, headers: raw.headers, isOld: raw.isOld, limits: engine.limits)
    let head = RequestHead(
      method: HTTPMethod(raw.method), target: check.target, headers: raw.headers,
      peerAddress: connection.address,
      clientAddress: engine.clientAddress(peer: connection.address, headers: raw.headers))
    self.head = head
    if let error = raw.isIntact ? check.error : .malformedHead {
      refuse(error)
      return
    }
    let framing: BodyFraming
    do {
      framing = try BodyFraming(raw.headers)
    } catch {
      refuse(error)
      return
    }
    plan(framing, head, engine)
  }

  /// Takes a piece of the body.
  ///
  /// - Returns: false if the client sends too much to be waited for.
  mutating func take(_ bytes: UnsafeRawBufferPointer, _ engine: Engine) -> Bool {
    switch plan {
    case .none:
      return false
    case .collect(let limit) where body.count + bytes.count > limit:
      drop(.bodyTooLarge(limit: limit), engine)
    case .collect:
      guard engine.reserve(bodyBytes: bytes.count) else {
        drop(.overloaded, engine)
        break
      }
      reservedBytes += bytes.count
      body.append(contentsOf: bytes)
      return true
    case .drop:
      break
    }
    guard case .drop(let left) = plan, left >= bytes.count else { return false }
    plan = .drop(left: left - bytes.count)
    return true
  }

  /// The request, once; nil before its head was read and after it was given out.
  mutating func makeRequest() -> Request? {
    guard let head, !isTaken else { return nil }
    isTaken = true
    defer { body = [] }
    return Request(head: head, body: body, received: received, rejection: rejection)
  }

  private mutating func plan(_ framing: BodyFraming, _ head: RequestHead, _ engine: Engine) {
    guard framing != .none else { return }
    let limit = engine.handler.bodyLimit(for: head) ?? engine.limits.bodyBytes
    plan = .collect(limit: limit)
    guard case .length(let length) = framing else { return }
    if length <= UInt64(limit) {
      body.reserveCapacity(min(Int(length), 65_536))
      return
    }
    // A client that waits for "100 Continue" has sent nothing yet and can be answered at once.
    let waits = head.headers.contains("Expect")
    if waits || length > UInt64(limit) + UInt64(engine.limits.drainedBytes) {
      refuse(.bodyTooLarge(limit: limit))
    } else {
      drop(.bodyTooLarge(limit: limit), engine)
    }
  }

  private mutating func refuse(_ error: HTTPError) {
    rejection = error
    mustClose = true
    isComplete = true
  }

  private mutating func drop(_ error: HTTPError, _ engine: Engine) {
    rejection = error
    plan = .drop(left: engine.limits.drainedBytes)
    body = []
    engine.release(bodyBytes: reservedBytes)
    reservedBytes = 0
  }
}

extension HTTPError {
  fileprivate static let malformedHead = HTTPError(
    .badRequest, code: "malformed_request", message: "The request's header is malformed.")
  fileprivate static let overloaded = HTTPError(
    .serviceUnavailable, code: "overloaded", message: "The server holds too many request bodies already.",
    hint: "Try again in a moment.", headers: ["Retry-After": "1"])
}
