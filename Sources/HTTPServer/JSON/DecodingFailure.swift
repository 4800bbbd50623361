import FoundationEssentials

/// Turns a decoding error into a sentence for the person who wrote the JSON:
/// `messages[2].content: expected a string, found a number`.
struct DecodingFailure {
  let message: String

  init(_ error: DecodingError, in body: Data) {
    guard let shape = try? JSONDecoder().decode(JSONShape.self, from: body) else {
      message = "The body is not valid JSON" + Self.detail(of: error) + "."
      return
    }
    switch error {
    case .keyNotFound(let key, let context):
      message = Self.path(context.codingPath + [key]) + ": required, but missing"
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      let found = shape.value(at: context.codingPath)?.kind ?? "nothing"
      message = "\(Self.path(context.codingPath)): expected \(Self.name(of: type)), found \(found)"
    case .dataCorrupted(let context):
      message = Self.path(context.codingPath) + ": " + Self.reason(context, shape)
    @unknown default:
      message = "The body does not have the expected shape."
    }
  }

  /// `messages[2].content`; "the body" for the whole.
  static func path(_ keys: [any CodingKey]) -> String {
    var text = ""
    for key in keys {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += (text.isEmpty ? "" : ".") + key.stringValue
      }
    }
    return text.isEmpty ? "the body" : text
  }

  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a string"
    case is Bool.Type: "true or false"
    case is any FixedWidthInteger.Type: "a whole number"
    case is any BinaryFloatingPoint.Type: "a number"
    case is [Any].Type, is any RandomAccessCollection.Type: "a list"
    case is [String: Any].Type: "an object"
    default: "a valid \(type)"
    }
  }

  /// A decoder's own text where a type wrote one; raw values and numbers that do not fit are named by what
  /// was found.
  private static func reason(_ context: DecodingError.Context, _ shape: JSONShape) -> String {
    switch shape.value(at: context.codingPath) {
    case .string(let value)? where context.debugDescription.hasPrefix("Cannot initialize"):
      "'\(value.prefix(60))' is not one of the values allowed here"
    case .number(let value)? where context.underlyingError == nil && !isOwn(context):
      "\(value) does not fit here"
    default:
      context.debugDescription
    }
  }

  /// The standard decoder's texts about numbers name Swift types.
  private static func isOwn(_ context: DecodingError.Context) -> Bool {
    !context.debugDescription.contains("Swift")
  }

  private static func detail(of error: DecodingError) -> String {
    guard case .dataCorrupted(let context) = error, let cause = context.underlyingError else { return "" }
    return ": \(cause)"
  }
}
