/// One command of a program, with what it takes, what it does and the commands below it.
///
/// A command may both do something and have commands below it: `ragserver` serves, `ragserver check` checks.
public struct Command: Sendable {
  public typealias Body = @Sendable (Invocation) async throws -> ExitCode

  public let name: String
  /// Other names it answers to, not shown in its parent's list.
  public let aliases: [String]
  /// One sentence.
  public let summary: String
  /// More paragraphs, separated by empty lines.
  public let discussion: String
  /// In the order in which arguments are filled and help shows them.
  public let parameters: [any Parameter]
  /// Options and flags that this command and every one below it take.
  public let shared: [any Parameter]
  public let variables: [EnvironmentVariable]
  public let examples: [Example]
  public let commands: [Command]
  public let run: Body?

  public init(
    _ name: String, aliases: [String] = [], _ summary: String, discussion: String = "",
    parameters: [any Parameter] = [], shared: [any Parameter] = [], variables: [EnvironmentVariable] = [],
    examples: [Example] = [], commands: [Command] = [], run: Body? = nil
  ) {
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.discussion = discussion
    self.parameters = parameters
    self.shared = shared
    self.variables = variables
    self.examples = examples
    self.commands = commands
    self.run = run
  }

  func command(named name: String) -> Command? {
    commands.first { $0.name == name || $0.aliases.contains(name) }
  }
}
