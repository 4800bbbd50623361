import FoundationEssentials

/// Turns a decoding error into a sentence for the person who wrote the JSON:
/// `messages[2].content: expected a string, found a number`.
struct DecodingFailure {
  let message: String
  /// What to do where the message names no member.
  private(set) var hint: String?

  init(_ error: DecodingError, in body: Data) {
    guard let shape = try? JSONDecoder().decode(JSONShape.self, from: body) else {
      message = "The body is not valid JSON."
      hint =
        String(validating: body, as: UTF8.self) == nil
        ? "Send it in UTF-8."
        : "Look for a missing quote, comma or bracket; a shell may have taken quotes away."
      return
    }
    switch error {
    case .keyNotFound(let key, let context):
      message = Self.path(context.codingPath + [key]) + ": required, but missing"
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      let found = shape.value(at: context.codingPath)?.kind ?? "nothing"
      message = "\(Self.path(context.codingPath)): expected \(Self.name(of: type)), found \(found)"
    case .dataCorrupted(let context)
    where context.codingPath.isEmpty && !shape.numbersThatAreNoInteger.isEmpty:
      message = Self.unfittingNumber(in: shape)
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

  /// A decoder's own text, where a type of ours wrote one.
  private static func reason(_ context: DecodingError.Context, _ shape: JSONShape) -> String {
    // The text of a raw value that no case has names our types.
    if case .string(let value)? = shape.value(at: context.codingPath),
      context.debugDescription.hasPrefix("Cannot initialize")
    {
      return "'\(value.prefix(60))' is not one of the values allowed here"
    }
    return context.debugDescription
  }

  /// The standard decoder reports a number that does not fit its integer as broken JSON, without its place.
  private static func unfittingNumber(in shape: JSONShape) -> String {
    let places = shape.numbersThatAreNoInteger
    guard places.count == 1 else {
      return
        "one of \(places.prefix(5).map { path($0.path) }.joined(separator: ", ")): expected a whole number"
    }
    return "\(path(places[0].path)): expected a whole number, found \(places[0].value)"
  }
}
