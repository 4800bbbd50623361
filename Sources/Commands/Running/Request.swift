/// What a person asked a program for.
public enum Request: Sendable {
  case run(ParsedCommand)
  case help(CommandPath)
  /// A command that only groups others was named alone.
  case commandMissing(CommandPath)
  case version

  /// The command to run, where that was asked for.
  public var command: ParsedCommand? {
    if case .run(let command) = self { command } else { nil }
  }
}
