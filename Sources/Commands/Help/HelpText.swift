/// The help of one command: what it does, its usage line, everything it takes in aligned columns, examples.
struct HelpText {
  let path: CommandPath

  init(_ path: CommandPath) {
    self.path = path
  }

  /// Ends with a newline; no line is wider than `width` columns unless a single word is.
  func text(width: Int) -> String {
    let command = path.command
    var blocks = [TextWrapping.paragraphs(command.summary, width: width), usage(width)]
    if !command.discussion.isEmpty {
      blocks.insert(TextWrapping.paragraphs(command.discussion, width: width), at: 1)
    }
    blocks.append(section("Commands", command.commands.map { ($0.name, [$0.summary]) }, width))
    blocks.append(section("Arguments", path.own.filter(\.isArgument).map { row($0) }, width))
    blocks.append(section("Options", options(path.own) + builtIn, width))
    blocks.append(section("Shared options", options(path.shared), width))
    blocks.append(section("Environment", command.variables.map { ($0.name, [$0.help]) }, width))
    blocks.append(examples(width))
    if !command.commands.isEmpty {
      blocks.append(
        TextWrapping.paragraphs(
          "Run '\(path.root.name) help\(inner) COMMAND' for more about a command.", width: width))
    }
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The names between the program's and this command's subcommands, each after a space.
  private var inner: String { String(path.text.dropFirst(path.root.name.count)) }

  private var builtIn: [Row] {
    let help: Row = ("  -h, --help", ["Show this help"])
    return inner.isEmpty ? [help, ("      --version", ["Show the version"])] : [help]
  }

  /// The left column, and the words and bracketed notes of the right one that are kept together.
  private typealias Row = (left: String, right: [String])

  private func usage(_ width: Int) -> String {
    var lines: [String] = []
    if path.command.run != nil {
      var words = path.parameters.filter { !$0.isArgument && $0.fallback == nil }.map {
        "--\($0.name) \($0.placeholder)"
      }
      words.append("[OPTIONS]")
      words += path.own.filter(\.isArgument).map(Self.usage)
      lines.append(([path.text] + words).joined(separator: " "))
    }
    if !path.command.commands.isEmpty { lines.append("\(path.text) COMMAND ...") }
    return lines.enumerated().map { index, line in
      TextWrapping.hanging(
        line.split(separator: " ").map(String.init), first: index == 0 ? "Usage: " : "       ",
        indent: path.text.displayWidth + 8, width: width)
    }.joined()
  }

  private static func usage(_ parameter: ParameterSpecification) -> String {
    switch parameter.kind {
    case .optionalArgument: "[\(parameter.name)]"
    case .variadicArgument(isRequired: true): "\(parameter.name)..."
    case .variadicArgument(isRequired: false): "[\(parameter.name)...]"
    case .requiredArgument, .words, .option, .flag: parameter.name
    }
  }

  private func options(_ parameters: [ParameterSpecification]) -> [Row] {
    parameters.filter { !$0.isArgument }.map { row($0) }
  }

  private func row(_ parameter: ParameterSpecification) -> Row {
    var right = parameter.help.split(separator: " ").map(String.init)
    var left: String
    if parameter.isArgument {
      left = Self.usage(parameter).filter { $0 != "[" && $0 != "]" }
    } else {
      left = parameter.short.map { "  -\($0), " } ?? "      "
      left += parameter.kind == .flag(isInvertible: true) ? "--[no-]\(parameter.name)" : "--\(parameter.name)"
      if !parameter.isFlag { left += " \(parameter.placeholder)" }
      if parameter.isRepeatable { right.append("(may be repeated)") }
    }
    if !parameter.choices.isEmpty, parameter.placeholder != parameter.choices.joined(separator: "|") {
      right.append("[one of: \(parameter.choices.joined(separator: ", "))]")
    }
    if let environment = parameter.environment { right.append("[env: \(environment)]") }
    if let shown = parameter.shownDefault { right.append("[default: \(shown)]") }
    return (left, right)
  }

  private func section(_ title: String, _ rows: [Row], _ width: Int) -> String {
    guard !rows.isEmpty else { return "" }
    let indented = rows.map { ($0.left.hasPrefix("  ") ? $0.left : "  \($0.left)", $0.right) }
    // A few long options must not push everything else to the right edge: they get a line of their own.
    let limit = min(36, width / 2)
    let column = indented.map { $0.0.displayWidth }.filter { $0 <= limit }.max() ?? limit
    var text = "\(title):\n"
    for (left, right) in indented {
      let words = right.count == 1 ? right[0].split(separator: " ").map(String.init) : right
      let isLong = left.displayWidth > column
      if isLong { text += "\(left)\n" }
      text += TextWrapping.hanging(
        words, first: isLong ? "".padded(to: column + 2) : left.padded(to: column + 2), indent: column + 2,
        width: width)
    }
    return text
  }

  private func examples(_ width: Int) -> String {
    guard !path.command.examples.isEmpty else { return "" }
    return "Examples:\n"
      + path.command.examples.map { example in
        let words = example.text.split(separator: " ").map(String.init)
        return TextWrapping.hanging(words, first: "  ", indent: 2, width: width) + "    $ \(example.line)\n"
      }.joined()
  }
}
