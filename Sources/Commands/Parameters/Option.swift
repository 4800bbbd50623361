/// A named value: `--name VALUE`, `--name=VALUE`, `-n VALUE`. Given twice, the last one counts, unless it is
/// `repeated`. Where it names an environment variable, that (or `.env`) is asked before the default.
public struct Option<Value: Sendable>: Parameter {
  public let specification: ParameterSpecification

  /// An option with a default.
  public init(
    _ name: String, short: Character? = nil, _ type: ValueType<Value>, default value: Value,
    environment: String? = nil, _ help: String
  ) {
    specification = ParameterSpecification(
      kind: .option(isRepeatable: false), name: name, short: short, placeholder: type.placeholder, help: help,
      environment: environment, shownDefault: type.isSecret ? nil : type.text(value), choices: type.choices,
      read: Readers.last(type), fallback: Resolved(value: value))
  }

  /// An option that is nil when left out; `shownDefault` says in help what then happens.
  public init<Wrapped>(
    _ name: String, short: Character? = nil, _ type: ValueType<Wrapped>, environment: String? = nil,
    shownDefault: String? = nil, _ help: String
  ) where Value == Wrapped? {
    specification = ParameterSpecification(
      kind: .option(isRepeatable: false), name: name, short: short, placeholder: type.placeholder, help: help,
      environment: environment, shownDefault: shownDefault, choices: type.choices,
      read: Readers.optional(type), fallback: Resolved<Wrapped?>(value: nil))
  }

  /// An option of two values, `--name A B` or `--name A:B`, that is nil when left out; the type reads the text `A:B`.
  public init<Wrapped>(
    pair name: String, _ type: ValueType<Wrapped>, shownDefault: String? = nil, _ help: String
  ) where Value == Wrapped? {
    var specification = Option(name, type, shownDefault: shownDefault, help).specification
    specification.takesPair = true
    self.specification = specification
  }

  /// An option that must be given, on the command line or through its variable.
  public init(
    required name: String, short: Character? = nil, _ type: ValueType<Value>, environment: String? = nil,
    _ help: String
  ) {
    specification = ParameterSpecification(
      kind: .option(isRepeatable: false), name: name, short: short, placeholder: type.placeholder, help: help,
      environment: environment, choices: type.choices, read: Readers.last(type), fallback: nil)
  }

  /// An option that may be given many times; its variable holds the values separated by commas.
  public init<Element>(
    repeated name: String, short: Character? = nil, _ type: ValueType<Element>, default value: [Element] = [],
    environment: String? = nil, _ help: String
  ) where Value == [Element] {
    let shown = value.map(type.text).joined(separator: ",")
    specification = ParameterSpecification(
      kind: .option(isRepeatable: true), name: name, short: short, placeholder: type.placeholder, help: help,
      environment: environment, shownDefault: shown.isEmpty || type.isSecret ? nil : shown,
      choices: type.choices, read: Readers.all(type), fallback: Resolved(value: value))
  }
}
