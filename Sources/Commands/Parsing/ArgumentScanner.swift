/// Sorts the elements of an argument vector into occurrences of a command's options, flags and arguments.
///
/// The first mistake is kept rather than thrown, so that `--help` is heard wherever it stands.
struct ArgumentScanner {
  let path: CommandPath
  private let parameters: [ParameterSpecification]
  /// Texts by `ParameterSpecification.key`, in the order given.
  private(set) var occurrences: [String: [String]] = [:]
  private(set) var arguments: [String] = []
  private(set) var asksForHelp = false
  private(set) var asksForVersion = false
  private(set) var mistake: UsageError?

  init(_ path: CommandPath, _ elements: [String]) {
    self.path = path
    parameters = path.parameters.filter { !$0.isArgument }
    var rest = elements[...]
    while let element = rest.popFirst() {
      switch Token(element) {
      case .terminator:
        arguments += rest
        return
      case .argument(let text): arguments.append(text)
      case .long(let name, let value): long(name, value, &rest)
      case .short(let letters): short(letters, &rest)
      }
    }
  }

  private mutating func long(_ name: String, _ value: String?, _ rest: inout ArraySlice<String>) {
    if let parameter = parameters.first(where: { $0.name == name }) {
      if parameter.isFlag {
        flag(parameter, isOn: true, value)
      } else {
        option(parameter, value, &rest)
      }
    } else if let parameter = parameters.first(where: { isInversion(name, of: $0) }) {
      flag(parameter, isOn: false, value)
    } else if name == "help" {
      asksForHelp = true
    } else if name == "version" {
      asksForVersion = true
    } else {
      report(unknown("--\(name)", name))
    }
  }

  private mutating func short(_ letters: String, _ rest: inout ArraySlice<String>) {
    // "-collection" is a slip of "--collection" and hardly "-c" with the value "ollection".
    if letters.count > 2, parameters.contains(where: { $0.name == letters }) {
      return report(unknown("-\(letters)", letters))
    }
    var remaining = letters[...]
    while let letter = remaining.popFirst() {
      if let parameter = parameters.first(where: { $0.short == letter }) {
        if parameter.isFlag {
          record("true", parameter)
          continue
        }
        if remaining.first == "=" { remaining = remaining.dropFirst() }
        option(parameter, remaining.isEmpty ? nil : String(remaining), &rest)
        return
      }
      if letter == "h" {
        asksForHelp = true
      } else {
        let isWord = letters.count > 2 && remaining.count == letters.count - 1
        report(unknown(isWord ? "-\(letters)" : "-\(letter)", isWord ? letters : nil))
        return
      }
    }
  }

  private mutating func flag(_ parameter: ParameterSpecification, isOn: Bool, _ value: String?) {
    if value != nil {
      let off = parameter.kind == .flag(isInvertible: true) ? "; '--no-\(parameter.name)' turns it off" : ""
      report(UsageError("Flag '--\(parameter.name)' takes no value\(off)."))
    } else {
      record(isOn ? "true" : "false", parameter)
    }
  }

  private mutating func option(
    _ parameter: ParameterSpecification, _ value: String?, _ rest: inout ArraySlice<String>
  ) {
    if let value {
      record(value, parameter)
    } else if let next = rest.first, Token.isValue(next) {
      rest.removeFirst()
      guard parameter.takesPair, !next.contains(":") else { return record(next, parameter) }
      guard let second = rest.first, Token.isValue(second) else {
        return report(
          UsageError("\(parameter.subject) needs two values: --\(parameter.name) \(parameter.placeholder)"))
      }
      record("\(next):\(rest.removeFirst())", parameter)
    } else {
      let hint = rest.first.map {
        "To give one that begins with a dash, write '--\(parameter.name)=\(TerminalText.quotable($0))'."
      }
      report(
        UsageError(
          "\(parameter.subject) needs a value: --\(parameter.name) \(parameter.placeholder)", hint: hint))
    }
  }

  private mutating func record(_ text: String, _ parameter: ParameterSpecification) {
    occurrences[parameter.key, default: []].append(text)
  }

  private mutating func report(_ error: UsageError) {
    if mistake == nil { mistake = error }
  }

  private func isInversion(_ name: String, of parameter: ParameterSpecification) -> Bool {
    parameter.kind == .flag(isInvertible: true) && name == "no-\(parameter.name)"
  }

  private func unknown(_ text: String, _ name: String?) -> UsageError {
    var message = "Unknown option '\(TerminalText.quotable(text))'."
    var hint = "\(path.helpHint)\(dashed)."
    guard let name else { return UsageError(message, hint: hint) }
    var names = parameters.map(\.name)
    names += parameters.filter { $0.kind == .flag(isInvertible: true) }.map { "no-\($0.name)" }
    let owner = CommandPath(root: path.root).withDescendants.first { other in
      other.own.contains { !$0.isArgument && $0.name == name }
    }
    if let nearest = NearestName.of(name, among: names + ["help", "version"]) {
      message += " Did you mean '--\(nearest)'?"
    } else if let owner {
      hint = "It belongs to '\(owner.text)'; run '\(path.text) --help' for the options here."
    }
    return UsageError(message, hint: hint)
  }

  /// How what was taken for an option is given as an argument; empty where the command takes none.
  private var dashed: String {
    path.own.first(where: \.isArgument).map { ", or put '--' before the \($0.name) if it begins with a dash" }
      ?? ""
  }
}
