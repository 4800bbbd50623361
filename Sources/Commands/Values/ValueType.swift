/// Reads one kind of value from the text of an option, an argument or an environment variable.
///
/// A custom kind needs a placeholder for help, an expectation that completes the sentence
/// "Option '--x' needs …", and a closure that answers nil for a text that does not meet it.
public struct ValueType<Value: Sendable>: Sendable {
  /// Stands for the value in help, in capitals: `FILE`, `N`.
  public let placeholder: String
  /// What a good text is, as it ends an error message: "an integer between 1 and 100".
  public let expectation: String
  /// The only texts accepted, in the order help shows them; empty where any text may do.
  public let choices: [String]
  /// True where the text must never be repeated in messages or help.
  public let isSecret: Bool

  let parse: @Sendable (String, ValueContext) -> Value?
  let text: @Sendable (Value) -> String

  /// - Parameter text: writes a value the way a person would type it, for defaults in help.
  public init(
    placeholder: String, expectation: String, choices: [String] = [], isSecret: Bool = false,
    text: @escaping @Sendable (Value) -> String = { "\($0)" },
    parse: @escaping @Sendable (String, ValueContext) -> Value?
  ) {
    self.placeholder = placeholder
    self.expectation = expectation
    self.choices = choices
    self.isSecret = isSecret
    self.text = text
    self.parse = parse
  }

  /// The value of `text`, or the reason it has none, with the nearest choice where one is near.
  public func read(_ text: String, _ context: ValueContext = ValueContext()) throws(ValueError) -> Value {
    guard let value = parse(text, context) else {
      throw ValueError(
        text: text, expectation: expectation, suggestion: NearestName.of(text, among: choices),
        isSecret: isSecret)
    }
    return value
  }

  /// The same kind under another placeholder: `.text.named("NAME")`.
  public func named(_ placeholder: String) -> ValueType {
    ValueType(
      placeholder: placeholder, expectation: expectation, choices: choices, isSecret: isSecret, text: text,
      parse: parse)
  }
}
