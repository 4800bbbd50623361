import Models

/// What ties a response to its request.
public enum RPCID: Sendable, Hashable {
  case number(Int)
  case string(String)

  init?(_ value: JSONValue?) {
    switch value {
    case .string(let text)?: self = .string(text)
    case let value?:
      guard let number = value.integer else { return nil }
      self = .number(number)
    case nil: return nil
    }
  }

  var json: JSONValue {
    switch self {
    case .number(let number): .integer(number)
    case .string(let text): .string(text)
    }
  }
}

/// A request that awaits a response.
public struct RPCRequest: Sendable, Equatable {
  public var id: RPCID
  public var method: String
  /// An object, empty if the message had none.
  public var params: [String: JSONValue]

  public init(id: RPCID, method: String, params: [String: JSONValue] = [:]) {
    self.id = id
    self.method = method
    self.params = params
  }

  var meta: JSONValue? { params["_meta"] }

  /// The member of `_meta` that the protocol itself defines.
  func meta(_ name: String) -> JSONValue? { meta?["io.modelcontextprotocol/\(name)"] }

  var json: JSONValue {
    ["jsonrpc": "2.0", "id": id.json, "method": .string(method), "params": .object(params)]
  }
}

/// The answer to a request.
public struct RPCResponse: Sendable, Equatable {
  /// Nil where the request could not be read.
  public var id: RPCID?
  public var outcome: Result<JSONValue, RPCError>

  public init(id: RPCID?, _ outcome: Result<JSONValue, RPCError>) {
    self.id = id
    self.outcome = outcome
  }

  public var json: JSONValue {
    var members: [String: JSONValue] = ["jsonrpc": "2.0"]
    if let id { members["id"] = id.json }
    switch outcome {
    case .success(let result): members["result"] = result
    case .failure(let error): members["error"] = error.json
    }
    return .object(members)
  }
}

/// One message of JSON-RPC 2.0.
public enum RPCMessage: Sendable, Equatable {
  case request(RPCRequest)
  case notification(method: String, params: [String: JSONValue])
  case response(RPCResponse)

  /// - Throws: -32600 saying what is wrong.
  public init(_ value: JSONValue) throws(RPCError) {
    guard case .object(let members) = value else {
      throw .invalidRequest("Invalid request: expected an object, found \(value.typeText)")
    }
    guard members["jsonrpc"] == "2.0" else {
      throw .invalidRequest("Invalid request: 'jsonrpc' is not \"2.0\"")
    }
    let id = RPCID(members["id"])
    guard let method = members["method"] else {
      self = .response(try Self.response(members, id))
      return
    }
    guard case .string(let name) = method else {
      throw .invalidRequest("Invalid request: 'method' is not a string")
    }
    let params: [String: JSONValue]
    switch members["params"] {
    case nil: params = [:]
    case .object(let object)?: params = object
    default: throw .invalidRequest("Invalid request: 'params' is not an object")
    }
    if let id {
      self = .request(RPCRequest(id: id, method: name, params: params))
    } else if members["id"] != nil {
      throw .invalidRequest("Invalid request: 'id' is neither a string nor an integer")
    } else {
      self = .notification(method: name, params: params)
    }
  }

  private static func response(_ members: [String: JSONValue], _ id: RPCID?) throws(RPCError) -> RPCResponse {
    if let error = members["error"] {
      guard let code = error["code"]?.integer, let message = error["message"]?.string else {
        throw .invalidRequest("Invalid response: 'error' has no code or no message")
      }
      return RPCResponse(id: id, .failure(RPCError(code, message, data: error["data"])))
    }
    guard let id, let result = members["result"] else {
      throw .invalidRequest("Invalid request: there is no 'method'")
    }
    return RPCResponse(id: id, .success(result))
  }

  static func notification(_ method: String, _ params: JSONValue) -> JSONValue {
    ["jsonrpc": "2.0", "method": .string(method), "params": params]
  }
}

extension JSONValue {
  fileprivate var typeText: String {
    switch self {
    case .array: "an array"
    case .string: "a string"
    case .integer, .number: "a number"
    case .bool: "a boolean"
    case .null: "null"
    case .object: "an object"
    }
  }
}
