internal import CHiredis
import Glibc

/// One connection to a Redis server. Its functions block.
///
/// Not safe to share: whoever owns it serialises its use.
public final class Connection {
  public let settings: ConnectionSettings
  private let context: UnsafeMutablePointer<redisContext>

  /// hiredis writes to sockets whose peer may have gone.
  private static let ignoringBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

  /// Connects, says who it is and selects the database.
  public init(_ settings: ConnectionSettings) throws(RedisError) {
    Self.ignoringBrokenPipes
    let limit = timeval(tv_sec: settings.timeout / 1000, tv_usec: settings.timeout % 1000 * 1000)
    let context: UnsafeMutablePointer<redisContext>? =
      switch settings.server {
      case .host(let host, let port): redisConnectWithTimeout(host, Int32(clamping: port), limit)
      case .socket(let path): redisConnectUnixWithTimeout(path, limit)
      }
    guard let context else {
      throw RedisError(message: "out of memory", operation: "connect", isConnectionLost: true)
    }
    self.context = context
    self.settings = settings
    guard context.pointee.err == 0 else { throw failure("connect to \(settings.place)") }
    redisSetTimeout(context, limit)
    if case .host = settings.server { redisEnableKeepAlive(context) }
    if let password = settings.password {
      try command(["AUTH"] + (settings.user.map { [$0] } ?? []) + [password])
    }
    if settings.database != 0 { try command(["SELECT", "\(settings.database)"]) }
  }

  deinit { redisFree(context) }

  /// Runs one command; its arguments may hold any bytes.
  @discardableResult
  public func command(_ arguments: [String]) throws(RedisError) -> Reply {
    let name = arguments.first ?? ""
    let pointer = Self.withBytes(of: arguments) { pointers, lengths in
      redisCommandArgv(context, Int32(arguments.count), pointers, lengths)
    }
    guard let pointer else { throw failure(name) }
    defer { freeReplyObject(pointer) }
    let reply = pointer.assumingMemoryBound(to: redisReply.self).pointee
    if reply.type == REDIS_REPLY_ERROR {
      let message = Reply.text(reply)
      throw RedisError(
        code: message.split(separator: " ").first.map(String.init) ?? "", message: hiding(message),
        operation: name)
    }
    return Reply(reply)
  }

  /// Runs a Lua script, which is atomic.
  public func evaluate(_ script: String, _ arguments: [String]) throws(RedisError) -> Reply {
    try command(["EVAL", script, "0"] + arguments)
  }

  private func failure(_ operation: String) -> RedisError {
    // A timeout is reported as EAGAIN.
    let text = String(cString: footnote_redis_error(context))
    let message = text == String(cString: strerror(EAGAIN)) ? "no answer in time" : text
    return RedisError(message: hiding(message), operation: operation, isConnectionLost: true)
  }

  private func hiding(_ message: String) -> String {
    guard let password = settings.password else { return message }
    return message.replacing(password, with: "***")
  }

  private static func withBytes<Result>(
    of texts: [String],
    _ body: (UnsafeMutablePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int>?) -> Result
  ) -> Result {
    let lengths = texts.map(\.utf8.count)
    let copies = texts.map { text in
      let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: max(1, text.utf8.count))
      _ = copy.initialize(from: text.utf8.lazy.map { CChar(bitPattern: $0) })
      return copy
    }
    defer { for copy in copies { copy.deallocate() } }
    var pointers = copies.map { UnsafePointer($0.baseAddress) }
    return pointers.withUnsafeMutableBufferPointer { pointers in
      lengths.withUnsafeBufferPointer { body(pointers.baseAddress, $0.baseAddress) }
    }
  }
}
