import Answering
import FoundationEssentials
import Models

@testable import MCP

/// The protocol's own schemas, which every message of ours is compared with.
struct ProtocolSchemas {
  private let schemas: [Revision: JSONSchema]

  init() throws {
    let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    schemas = try Dictionary(
      uniqueKeysWithValues: [Revision.handshake, .stateless].map { revision in
        let url = URL(filePath: "/\(folder)/Fixtures/mcp-\(revision.rawValue).schema.json")
        return (revision, JSONSchema(try JSONValue(parsing: Data(contentsOf: url))))
      })
  }

  /// What is wrong with `value` as the definition `name` of a revision; older ones have no schema of their own.
  func problems(_ value: JSONValue, _ name: String, _ revision: Revision = .handshake) -> [String] {
    schemas[revision == .stateless ? .stateless : .handshake]?.problems(in: value, definition: name)
      ?? ["no schema"]
  }
}
