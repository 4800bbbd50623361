import Answering
import Models

/// Tools and their results as the protocol writes them.
enum ToolForm {
  static func listed(_ tool: any Tool) -> JSONValue {
    let (definition, traits) = (tool.definition, tool.traits)
    var annotations: [String: JSONValue] = [
      "readOnlyHint": .bool(traits.isReadOnly), "idempotentHint": .bool(traits.isIdempotent),
      "openWorldHint": .bool(traits.isOpenWorld),
    ]
    if !traits.isReadOnly { annotations["destructiveHint"] = .bool(traits.isDestructive) }
    var members: [String: JSONValue] = [
      "name": .string(definition.name), "description": .string(definition.description),
      "inputSchema": definition.parameters, "annotations": .object(annotations),
    ]
    if let title = traits.title { members["title"] = .string(title) }
    if let result = traits.result { members["outputSchema"] = result }
    return .object(members)
  }

  /// The result as data, and its JSON as text for clients that read nothing else.
  static func result(_ value: JSONValue) -> [String: JSONValue] {
    var members: [String: JSONValue] = [
      "content": [["type": "text", "text": .string(value.text)]], "isError": false,
    ]
    // Before 2026-07-28 only objects were allowed.
    if case .object = value { members["structuredContent"] = value }
    return members
  }

  /// A failure that the client's model reads.
  static func failure(_ message: String) -> [String: JSONValue] {
    ["content": [["type": "text", "text": .string(message)]], "isError": true]
  }
}
