/// Turns what a scanner found, the settings and the defaults into values: the command line comes first, then the
/// environment, then `.env`, then the default.
struct ValueBinder {
  let path: CommandPath
  let settings: Settings
  private let context: ValueContext
  private var values: [String: any Sendable] = [:]
  private var origins: [String: ValueOrigin] = [:]

  init(_ path: CommandPath, _ settings: Settings) {
    self.path = path
    self.settings = settings
    context = ValueContext(home: settings["HOME"])
  }

  mutating func bind(_ scanner: ArgumentScanner) throws(UsageError) -> ParsedCommand {
    try bindArguments(scanner.arguments)
    for parameter in path.parameters where !parameter.isArgument {
      if let texts = scanner.occurrences[parameter.key] {
        try set(parameter, texts, .commandLine)
      } else if let name = parameter.environment, let setting = settings.setting(name) {
        let texts =
          parameter.isRepeatable
          ? setting.value.split(separator: ",").map { $0.trimmingWhitespace() }.filter { !$0.isEmpty }
          : [setting.value]
        try set(parameter, texts, .setting(name, setting.origin))
      } else {
        try setDefault(parameter)
      }
    }
    return ParsedCommand(path: path, values: values, origins: origins)
  }

  private mutating func bindArguments(_ arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    for parameter in path.own where parameter.isArgument {
      if rest.isEmpty {
        try setDefault(parameter)
      } else if parameter.isRepeatable {
        try set(parameter, Array(rest), .commandLine)
        rest = []
      } else {
        try set(parameter, [rest.removeFirst()], .commandLine)
      }
    }
    guard let surplus = rest.first else { return }
    let taken = path.own.filter(\.isArgument).map(\.name).joined(separator: " ")
    throw UsageError(
      "Unexpected argument '\(TerminalText.quotable(surplus))'.",
      hint: taken.isEmpty
        ? "'\(path.text)' takes no arguments; run '\(path.text) --help' to see its options."
        : "'\(path.text)' takes \(taken); put quotes around a text with spaces.")
  }

  private mutating func set(
    _ parameter: ParameterSpecification, _ texts: [String], _ origin: ValueOrigin
  ) throws(UsageError) {
    do {
      values[parameter.key] = try parameter.read(texts, context)
      origins[parameter.key] = origin
    } catch {
      let subject =
        if case .setting(let name, let origin) = origin { origin.subject(name) } else { parameter.subject }
      throw UsageError("\(subject) \(error.description)")
    }
  }

  private mutating func setDefault(_ parameter: ParameterSpecification) throws(UsageError) {
    guard let fallback = parameter.fallback else {
      guard !parameter.isArgument else { throw UsageError("Missing argument \(parameter.name).") }
      throw UsageError(
        "Missing option '--\(parameter.name) \(parameter.placeholder)'.",
        hint: parameter.environment.map { "Give it, or set \($0) in the environment or in .env." })
    }
    values[parameter.key] = fallback
    origins[parameter.key] = .standard
  }
}
