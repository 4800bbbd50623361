/// A command with the value of everything it takes; subscripted with the declarations themselves:
///
///     let limit = parsed[Search.limit]
public struct ParsedCommand: Sendable {
  public let path: CommandPath
  private let values: [String: any Sendable]
  private let origins: [String: ValueOrigin]

  init(path: CommandPath, values: [String: any Sendable], origins: [String: ValueOrigin]) {
    self.path = path
    self.values = values
    self.origins = origins
  }

  /// The value of a parameter that the command, or one above it, declares; asking for another one is a mistake
  /// in the program and traps.
  public subscript<P: Parameter>(_ parameter: P) -> P.Value {
    guard let resolved = values[parameter.specification.key] as? Resolved<P.Value> else {
      preconditionFailure("\(parameter.specification.subject) is not declared by '\(path.text)'")
    }
    return resolved.value
  }

  /// Where that value came from; traps as the subscript does.
  public func origin(of parameter: some Parameter) -> ValueOrigin {
    guard let origin = origins[parameter.specification.key] else {
      preconditionFailure("\(parameter.specification.subject) is not declared by '\(path.text)'")
    }
    return origin
  }
}
