/// What a command gets to do its work with.
public struct Invocation: Sendable {
  public let arguments: ParsedCommand
  public let settings: Settings
  public let output: Output
  public let log: Log

  public init(arguments: ParsedCommand, settings: Settings, output: Output, log: Log) {
    self.arguments = arguments
    self.settings = settings
    self.output = output
    self.log = log
  }

  /// See `ParsedCommand.subscript`.
  public subscript<P: Parameter>(_ parameter: P) -> P.Value { arguments[parameter] }
}
