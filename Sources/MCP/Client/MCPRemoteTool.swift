import Answering
import Models

/// A tool of an external server, as the agent sees it.
struct MCPRemoteTool: Tool {
  let definition: ChatTool
  let traits: ToolTraits
  private let server: String
  private let name: String
  private let client: MCPClient
  private let timeout: Duration

  /// Longest description that a model is shown: it costs tokens in every request.
  private static let descriptionLimit = 2000

  init(_ tool: MCPClient.RemoteTool, of server: MCPServerDescription, client: MCPClient) {
    definition = ChatTool(
      name: Self.prefixed(tool.name, server.name),
      description: String(tool.description.prefix(Self.descriptionLimit)),
      // Providers demand that it says so.
      parameters: tool.schema["type"] == "object" ? tool.schema : ["type": "object"])
    func hint(_ name: String) -> Bool? {
      if case .bool(let value)? = tool.annotations[name] { value } else { nil }
    }
    let isReadOnly = hint("readOnlyHint") ?? false
    traits = ToolTraits(
      title: tool.title, isReadOnly: isReadOnly,
      isDestructive: !isReadOnly && (hint("destructiveHint") ?? true),
      isIdempotent: hint("idempotentHint") ?? false, isOpenWorld: hint("openWorldHint") ?? true)
    self.server = server.name
    self.client = client
    name = tool.name
    timeout = server.timeout
  }

  /// `SERVER_TOOL` with what providers allow in names: letters, digits, `_` and `-`, at most 64.
  static func prefixed(_ tool: String, _ server: String) -> String {
    let full = String(
      "\(server)_\(tool)".unicodeScalars.map { scalar -> Character in
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
          || scalar == "_" || scalar == "-" ? Character(scalar) : "_"
      })
    guard full.count > 64 else { return full }
    // The end of a long name tells tools apart, the start the servers; FNV-1a tells apart what both do not.
    var hash: UInt32 = 0x811C_9DC5
    for byte in "\(server)_\(tool)".utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return full.prefix(55) + "_" + String(hash, radix: 16)
  }

  func call(_ arguments: JSONValue, _ context: ToolContext) async throws -> JSONValue {
    do {
      let result = try await client.call(
        name, arguments, deadline: min(context.deadline, .now + timeout))
      let text = Self.text(of: result)
      guard result["isError"] != .bool(true) else {
        throw ToolError(text.isEmpty ? "'\(definition.name)' failed." : String(text.prefix(2000)))
      }
      if let data = result["structuredContent"], data != .null { return data }
      return .string(text)
    } catch let error as RPCError {
      // What the server says may help the model, such as a wrong argument.
      throw ToolError("'\(definition.name)' was refused: \(error.message)")
    }
  }

  /// The content as one text; what is no text is named.
  static func text(of result: JSONValue) -> String {
    (result["content"]?.array ?? []).map { block in
      switch block["type"]?.string {
      case "text": block["text"]?.string ?? ""
      case "resource":
        block["resource"]?["text"]?.string ?? "(\(block["resource"]?["uri"]?.string ?? "data"))"
      case "resource_link": "\(block["name"]?.string ?? ""): \(block["uri"]?.string ?? "")"
      case let type: "(\(type ?? "something"))"
      }
    }.joined(separator: "\n")
  }
}
