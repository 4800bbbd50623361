/// A switch without a value. `--name` turns it on; where it is on by default, or reads a variable, `--no-name`
/// turns it off. The last one given counts.
public struct Flag: Parameter {
  public typealias Value = Bool

  public let specification: ParameterSpecification

  /// - Parameter isInvertible: whether `--no-name` exists; by default where it could change anything.
  public init(
    _ name: String, short: Character? = nil, default value: Bool = false, isInvertible: Bool? = nil,
    environment: String? = nil, _ help: String
  ) {
    specification = ParameterSpecification(
      kind: .flag(isInvertible: isInvertible ?? (value || environment != nil)), name: name, short: short,
      placeholder: "", help: help, environment: environment, shownDefault: value ? "on" : nil,
      read: Readers.last(.boolean), fallback: Resolved(value: value))
  }
}
