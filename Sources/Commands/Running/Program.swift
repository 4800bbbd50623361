/// A command-line program: parses, answers `--help` and `--version`, runs a command and turns what it throws
/// into a message and an exit code.
public struct Program: Sendable {
  public let root: Command
  public let version: String
  /// Every variable that this program, or another with the same `.env`, reads; empty where no name is looked at.
  public let knownVariables: [String]

  public init(_ root: Command, version: String, knownVariables: [String] = []) {
    self.root = root
    self.version = version
    self.knownVariables = knownVariables
  }

  /// Reads an argument vector (without the program's own name) against the settings.
  public func parse(_ arguments: [String], settings: Settings) throws(UsageError) -> Request {
    var path = CommandPath(root: root)
    do throws(UsageError) {
      let rest: [String]
      switch try CommandResolver.resolve(root, arguments) {
      case .help(let path): return .help(path)
      case .command(let found, let remaining): (path, rest) = (found, remaining)
      }
      let scanner = ArgumentScanner(path, rest)
      if scanner.asksForHelp { return .help(path) }
      if scanner.asksForVersion { return .version }
      if let mistake = scanner.mistake { throw mistake }
      if path.command.run == nil { return .commandMissing(path) }
      var binder = ValueBinder(path, settings)
      return .run(try binder.bind(scanner))
    } catch {
      throw error.hinted(path)
    }
  }

  /// Does all a process does but end: writes to `output`, never throws.
  public func run(_ arguments: [String], settings: Settings, output: Output) async -> ExitCode {
    do {
      return try await perform(try parse(arguments, settings: settings), settings: settings, output: output)
    } catch let error as UsageError {
      report(error.message, hint: error.hint, settings, output)
      return .usage
    } catch is CancellationError {
      return .interrupted
    } catch OutputError.closed {
      // Whoever read our output has had enough (`ingest list | head`): the end, and no error.
      return .success
    } catch {
      report("\(error)", hint: nil, settings, output)
      return .failure
    }
  }

  private func perform(_ request: Request, settings: Settings, output: Output) async throws -> ExitCode {
    switch request {
    case .version:
      try output.line("\(root.name) \(version)")
      return .success
    case .help(let path):
      try output.write(HelpText(path).text(width: output.helpWidth))
      return .success
    case .commandMissing(let path):
      output.errorLine(HelpText(path).text(width: output.helpWidth).trimmingTrailingNewlines())
      return .usage
    case .run(let parsed):
      guard let body = parsed.path.command.run else { return .usage }
      let log = try Log(output: output, settings: settings)
      for problem in settings.problems + settings.strayNames(known: knownVariables) {
        log.warning("\(problem)")
      }
      do {
        return try await body(
          Invocation(arguments: parsed, settings: settings, output: output, log: log))
      } catch let error as UsageError {
        throw error.hinted(parsed.path)
      }
    }
  }

  /// Errors are shown whatever the log level is; a bad log setting, which may be the error, falls back to text.
  private func report(_ message: String, hint: String?, _ settings: Settings, _ output: Output) {
    let log = (try? Log(output: output, settings: settings)) ?? Log(output: output)
    log.error(message, hint: hint)
  }
}

extension UsageError {
  func hinted(_ path: CommandPath) -> UsageError {
    guard hint == nil else { return self }
    return UsageError(message, hint: "\(path.helpHint).")
  }
}
