internal import CHiredis

/// What a command gave.
public enum Reply: Sendable, Equatable {
  case null
  case integer(Int)
  case text(String)
  case array([Reply])

  public var text: String? {
    guard case .text(let value) = self else { return nil }
    return value
  }

  public var array: [Reply]? {
    guard case .array(let value) = self else { return nil }
    return value
  }

  /// Arrays are as deep as a script's reply, which is a few levels.
  init(_ reply: redisReply) {
    switch reply.type {
    case REDIS_REPLY_INTEGER: self = .integer(Int(reply.integer))
    case REDIS_REPLY_STRING, REDIS_REPLY_STATUS, REDIS_REPLY_ERROR: self = .text(Self.text(reply))
    case REDIS_REPLY_ARRAY:
      let elements = UnsafeBufferPointer(
        start: reply.element, count: reply.element == nil ? 0 : reply.elements)
      self = .array(elements.map { $0.map { Reply($0.pointee) } ?? .null })
    default: self = .null
    }
  }

  static func text(_ reply: redisReply) -> String {
    guard let start = reply.str else { return "" }
    let bytes = UnsafeRawBufferPointer(start: start, count: reply.len)
    return String(decoding: bytes, as: UTF8.self)
  }
}
