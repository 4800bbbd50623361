/// Finds which command an argument vector names. Options may stand before the command's name, so those of every
/// command below are known here, to tell an option's value from a command.
struct CommandResolver {
  enum Outcome {
    /// `rest` is the vector without the names of commands.
    case command(CommandPath, rest: [String])
    case help(CommandPath)
  }

  static func resolve(_ root: Command, _ arguments: [String]) throws(UsageError) -> Outcome {
    var path = CommandPath(root: root)
    var rest: [String] = []
    var index = 0
    while index < arguments.count, !path.command.commands.isEmpty {
      let text = arguments[index]
      index += 1
      switch Token(text) {
      case .terminator:
        return .command(path, rest: rest + arguments[(index - 1)...])
      case .long, .short:
        rest.append(text)
        if takesNext(text, below: path), index < arguments.count, Token.isValue(arguments[index]) {
          rest.append(arguments[index])
          index += 1
        }
      case .argument:
        if let next = path.command.command(named: text) {
          path = path.appending(next)
        } else if text == "help" {
          return .help(try helpTarget(path, arguments[index...]))
        } else if path.command.run != nil, path.own.contains(where: \.isArgument) {
          return .command(path, rest: rest + arguments[(index - 1)...])
        } else if let option = rest.first(where: { isUnknown($0, below: path) }),
          let mistake = ArgumentScanner(path, [option]).mistake
        {
          // In "--prot 8081" the option is misspelt, and what follows is its value rather than a command.
          throw mistake
        } else {
          throw unknown(text, below: path)
        }
      }
    }
    return .command(path, rest: rest + arguments[index...])
  }

  private static func helpTarget(_ path: CommandPath, _ names: ArraySlice<String>) throws(UsageError)
    -> CommandPath
  {
    var path = path
    for name in names where Token.isValue(name) {
      guard let next = path.command.command(named: name) else { throw unknown(name, below: path) }
      path = path.appending(next)
    }
    return path
  }

  private static func unknown(_ name: String, below path: CommandPath) -> UsageError {
    guard !path.command.commands.isEmpty else {
      return UsageError("'\(path.text)' has no command '\(TerminalText.quotable(name))'.")
    }
    let names = path.command.commands.flatMap { [$0.name] + $0.aliases } + ["help"]
    let nearest = NearestName.of(name, among: names)
    return UsageError(
      "Unknown command '\(TerminalText.quotable(name))'." + (nearest.map { " Did you mean '\($0)'?" } ?? ""),
      hint: "Run '\(path.text) --help' to see the commands.")
  }

  /// Options of a command and of all below it.
  private static func known(below path: CommandPath) -> [ParameterSpecification] {
    path.shared + path.withDescendants.flatMap { $0.own + $0.command.shared.map { $0.specification } }
  }

  /// Whether a text is a long option that no command here has.
  private static func isUnknown(_ text: String, below path: CommandPath) -> Bool {
    guard case .long(let name, nil) = Token(text), !["help", "version"].contains(name) else { return false }
    return !known(below: path).contains { !$0.isArgument && [$0.name, "no-" + $0.name].contains(name) }
  }

  /// Whether an option-like text is followed by its value in the next element.
  private static func takesNext(_ text: String, below path: CommandPath) -> Bool {
    let known = known(below: path)
    switch Token(text) {
    case .long(let name, nil):
      return known.first { !$0.isArgument && $0.name == name }.map { !$0.isFlag } ?? false
    case .short(let letters) where letters.count == 1:
      return known.first { $0.short.map(String.init) == letters }.map { !$0.isFlag } ?? false
    case .long, .short, .terminator, .argument:
      return false
    }
  }
}
