import Models

/// A JSON Schema and what values it lets through: the part of draft 2020-12 that describes arguments of functions.
///
/// Unknown keywords are ignored, as the draft says (core, section 6.5); so are patterns with groups, whose matching
/// could take exponential time, and references into other documents.
public struct JSONSchema: Sendable {
  let root: JSONValue

  public init(_ root: JSONValue) { self.root = root }

  /// What is wrong with `value`, each naming the member such as `filter.tags[0]`; empty if nothing is.
  public func problems(in value: JSONValue) -> [String] {
    SchemaCheck(root: root).problems(value, root, at: "", depth: 0)
  }

  /// What is wrong with `value` by the definition of this name in `$defs`.
  public func problems(in value: JSONValue, definition name: String) -> [String] {
    guard let schema = root["$defs"]?[name] ?? root["definitions"]?[name] else {
      return ["there is no definition '\(name)'"]
    }
    return SchemaCheck(root: root).problems(value, schema, at: "", depth: 0)
  }
}
