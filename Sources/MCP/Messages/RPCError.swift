import Models

/// A refusal as JSON-RPC writes it.
public struct RPCError: Error, Sendable, Equatable, CustomStringConvertible {
  public var code: Int
  public var message: String
  public var data: JSONValue?

  public init(_ code: Int, _ message: String, data: JSONValue? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }

  public var description: String { "\(message) (code \(code))" }

  public static let unreadable = RPCError(-32700, "The message is not JSON")
  static func invalidRequest(_ message: String) -> RPCError { RPCError(-32600, message) }
  static func methodNotFound(_ method: String) -> RPCError { RPCError(-32601, "Method not found: \(method)") }
  static func invalidParameters(_ message: String, data: JSONValue? = nil) -> RPCError {
    RPCError(-32602, message, data: data)
  }
  static let broken = RPCError(-32603, "Internal error")
  static func headerMismatch(_ message: String) -> RPCError { RPCError(-32020, message) }
  static func unsupportedVersion(_ requested: String) -> RPCError {
    RPCError(
      -32022, "Unsupported protocol version",
      data: [
        "supported": .array(Revision.allCases.reversed().map { .string($0.rawValue) }),
        "requested": .string(requested),
      ])
  }

  var json: JSONValue {
    var members: [String: JSONValue] = ["code": .integer(code), "message": .string(message)]
    if let data { members["data"] = data }
    return .object(members)
  }
}
