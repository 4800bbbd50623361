/// Something a command takes: an `Argument`, an `Option` or a `Flag`. `ParsedCommand` is subscripted with the
/// declaration itself, so that a value has its type without a lookup by name.
public protocol Parameter<Value>: Sendable {
  associatedtype Value: Sendable
  var specification: ParameterSpecification { get }
}

/// A parameter without its type: what the scanner and the help text need to know.
public struct ParameterSpecification: Sendable {
  enum Kind: Sendable, Equatable {
    case requiredArgument
    case optionalArgument
    /// Takes all that is left; at least one where required.
    case variadicArgument(isRequired: Bool)
    /// Takes all that is left and joins it with spaces into one text.
    case words
    case option(isRepeatable: Bool)
    case flag(isInvertible: Bool)
  }

  let kind: Kind
  /// Without dashes; for an argument its placeholder.
  let name: String
  var short: Character?
  let placeholder: String
  /// Whether an option takes two values, `--name A B`, which are read as the text `A:B`.
  var takesPair = false
  let help: String
  var environment: String?
  var shownDefault: String?
  var choices: [String] = []
  /// Reads all occurrences (one or more, in order) into a `Resolved<Value>`.
  let read: @Sendable ([String], ValueContext) throws(ValueError) -> any Sendable
  /// A `Resolved<Value>` for when nothing was given; nil where something must be.
  let fallback: (any Sendable)?

  var isArgument: Bool {
    switch kind {
    case .requiredArgument, .optionalArgument, .variadicArgument, .words: true
    case .option, .flag: false
    }
  }

  var isFlag: Bool {
    if case .flag = kind { true } else { false }
  }

  var isRepeatable: Bool {
    switch kind {
    case .option(let isRepeatable): isRepeatable
    case .variadicArgument, .words: true
    case .requiredArgument, .optionalArgument, .flag: false
    }
  }

  /// Arguments and options live in separate spaces of names.
  var key: String { isArgument ? name : "--\(name)" }

  /// As messages name it.
  var subject: String {
    switch kind {
    case .option: "Option '--\(name)'"
    case .flag: "Flag '--\(name)'"
    case .requiredArgument, .optionalArgument, .variadicArgument, .words: "Argument '\(name)'"
    }
  }
}

/// Carries a value of a parameter's type through the untyped parts of the parser.
struct Resolved<Value: Sendable>: Sendable {
  let value: Value
}
