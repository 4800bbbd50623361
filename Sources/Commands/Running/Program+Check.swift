extension Program {
  /// What is wrong with the declarations of the program itself, one sentence each; a test asserts that this is
  /// empty, so that nobody meets it at run time.
  public var definitionMistakes: [String] {
    CommandPath(root: root).withDescendants.flatMap { path in
      Self.mistakes(of: path) + Self.mistakesOfArguments(path)
    } + optionKinds()
  }

  private static func mistakes(of path: CommandPath) -> [String] {
    let options = path.parameters.filter { !$0.isArgument }
    let inversions = options.filter { $0.kind == .flag(isInvertible: true) }.map { "no-\($0.name)" }
    var mistakes: [String] = []
    for name in repeated(options.map(\.name) + inversions + ["help"]) {
      mistakes.append("'\(path.text)' has two options '--\(name)'.")
    }
    for short in repeated(options.compactMap(\.short).map(String.init) + ["h"]) {
      mistakes.append("'\(path.text)' has two options '-\(short)'.")
    }
    for name in repeated(path.command.commands.flatMap { [$0.name] + $0.aliases } + ["help"]) {
      mistakes.append("'\(path.text)' has two commands '\(name)'.")
    }
    if path.command.run == nil, path.command.commands.isEmpty {
      mistakes.append("'\(path.text)' does nothing.")
    }
    return mistakes
  }

  private static func mistakesOfArguments(_ path: CommandPath) -> [String] {
    let arguments = path.own.filter(\.isArgument)
    var mistakes = repeated(arguments.map(\.name)).map { "'\(path.text)' has two arguments '\($0)'." }
    for (earlier, later) in zip(arguments, arguments.dropFirst()) {
      if earlier.isRepeatable {
        mistakes.append(
          "'\(path.text)' has an argument after '\(earlier.name)', which takes all that is left.")
      } else if earlier.fallback != nil, later.fallback == nil {
        mistakes.append("'\(path.text)' requires '\(later.name)' after '\(earlier.name)', which is optional.")
      }
    }
    return mistakes
  }

  /// Before the command's name is known, an option's kind must be clear from its name.
  private func optionKinds() -> [String] {
    let options = CommandPath(root: root).withDescendants.flatMap {
      $0.own + $0.command.shared.map { $0.specification }
    }.filter { !$0.isArgument }
    let flags = Set(options.filter(\.isFlag).flatMap(\.spellings))
    let valued = Set(options.filter { !$0.isFlag }.flatMap(\.spellings))
    return flags.intersection(valued).sorted().map {
      "'\($0)' is a flag of one command and takes a value in another."
    }
  }

  private static func repeated(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { !seen.insert($0).inserted }
  }
}

extension ParameterSpecification {
  /// With their dashes.
  fileprivate var spellings: [String] { ["--\(name)"] + (short.map { ["-\($0)"] } ?? []) }
}
