/// A positional argument; arguments are filled in the order of their declaration.
public struct Argument<Value: Sendable>: Parameter {
  public let specification: ParameterSpecification

  /// One value that must be given.
  public init(_ name: String, _ type: ValueType<Value>, _ help: String) {
    specification = ParameterSpecification(
      kind: .requiredArgument, name: name, placeholder: name, help: help, choices: type.choices,
      read: Readers.last(type), fallback: nil)
  }

  /// One value that may be left out.
  public init<Wrapped>(optional name: String, _ type: ValueType<Wrapped>, _ help: String)
  where Value == Wrapped? {
    specification = ParameterSpecification(
      kind: .optionalArgument, name: name, placeholder: name, help: help, choices: type.choices,
      read: Readers.optional(type), fallback: Resolved<Wrapped?>(value: nil))
  }

  /// All the values that are left, in order; at least one unless `isRequired` is false.
  public init<Element>(
    variadic name: String, isRequired: Bool = true, _ type: ValueType<Element>, _ help: String
  ) where Value == [Element] {
    specification = ParameterSpecification(
      kind: .variadicArgument(isRequired: isRequired), name: name, placeholder: name, help: help,
      choices: type.choices, read: Readers.all(type),
      fallback: isRequired ? nil : Resolved<[Element]>(value: []))
  }

  /// All the words that are left as one text, so that a question needs no quotes; at least one.
  public init(words name: String, _ help: String) where Value == String {
    specification = ParameterSpecification(
      kind: .words, name: name, placeholder: name, help: help,
      read: { (texts, context) throws(ValueError) in
        Resolved(value: try ValueType.text.read(texts.joined(separator: " "), context))
      }, fallback: nil)
  }
}
