/// A variable that a command reads without there being an option for it; help lists it.
public struct EnvironmentVariable: Sendable, Equatable {
  public let name: String
  public let help: String

  public init(_ name: String, _ help: String) {
    self.name = name
    self.help = help
  }
}
