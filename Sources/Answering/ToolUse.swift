import Models

/// A tool that was called on the way to an answer.
public struct ToolUse: Sendable, Hashable, Codable {
  public var name: String
  /// An object, or the text that the model wrote in its place.
  public var arguments: JSONValue
  /// What the model was told.
  public var result: String?
  public var isError: Bool

  public init(name: String, arguments: JSONValue, result: String? = nil, isError: Bool = false) {
    self.name = name
    self.arguments = arguments
    self.result = result
    self.isError = isError
  }

  enum CodingKeys: String, CodingKey {
    case name, arguments, result
    case isError = "is_error"
  }
}
