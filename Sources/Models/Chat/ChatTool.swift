/// A function that the model may ask us to call.
public struct ChatTool: Sendable, Hashable {
  /// Letters, digits, `_` and `-`, at most 64.
  public var name: String
  /// Tells the model when and how to use it.
  public var description: String
  /// JSON Schema of the arguments, an object.
  public var parameters: JSONValue

  public init(name: String, description: String, parameters: JSONValue) {
    self.name = name
    self.description = description
    self.parameters = parameters
  }
}

/// A call that the model asks for.
public struct ToolCall: Sendable, Hashable, Codable {
  /// Ties the result to the call.
  public var id: String
  public var name: String
  /// JSON text as the model wrote it, which need not be valid.
  public var arguments: String
  /// What the provider wants back with the call in the next request, such as Gemini's thought signature.
  public var providerData: JSONValue?

  public init(id: String, name: String, arguments: String, providerData: JSONValue? = nil) {
    self.id = id
    self.name = name
    self.arguments = arguments
    self.providerData = providerData
  }
}
