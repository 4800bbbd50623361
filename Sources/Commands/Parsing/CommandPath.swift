/// A command and those above it, from the program down.
public struct CommandPath: Sendable {
  private let parents: [Command]
  public let command: Command

  init(root: Command) {
    parents = []
    command = root
  }

  private init(parents: [Command], command: Command) {
    self.parents = parents
    self.command = command
  }

  func appending(_ command: Command) -> CommandPath {
    CommandPath(parents: parents + [self.command], command: command)
  }

  /// As typed: "ingest model pull".
  public var text: String { (parents + [command]).map(\.name).joined(separator: " ") }

  /// What to do about a mistake that says no more, without the full stop.
  var helpHint: String { "Run '\(text) --help' to see how it is used" }

  var root: Command { parents.first ?? command }

  var own: [ParameterSpecification] { command.parameters.map { $0.specification } }

  /// What this command and those above it share, the nearest first.
  var shared: [ParameterSpecification] {
    ([command] + parents.reversed()).flatMap { $0.shared.map { $0.specification } }
  }

  var parameters: [ParameterSpecification] { own + shared }

  /// This command and all below it.
  var withDescendants: [CommandPath] {
    [self] + command.commands.flatMap { appending($0).withDescendants }
  }
}
