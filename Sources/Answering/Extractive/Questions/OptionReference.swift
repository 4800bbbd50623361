import Retrieval

/// An option of a command that a question asks about: "What does -z do?", "What is the --exclude option of tar?".
struct OptionReference: Sendable, Equatable {
  /// With its dashes: `-z`, `--exclude`.
  let name: String
  /// Words that say of which command it is an option.
  let context: [String]

  /// Nil for a question that names none or several, or asks for something else than what one does.
  init?(_ question: String) {
    var options: [String] = []
    var words: [String] = []
    for token in Words.spaced(question) {
      if let option = Self.option(token) {
        options.append(option)
      } else {
        words += Words.of(token)
      }
    }
    guard options.count == 1, let first = words.first ?? options.first,
      Self.openings.contains(first) || words.isEmpty
    else { return nil }
    // A number with a sign before it may be anything.
    let isNumber = options[0].contains(where: \.isLetter) == false
    guard !isNumber || words.contains(where: Self.kinds.contains) else { return nil }
    name = options[0]
    context = words.filter { !Words.isCommon($0) && !Self.asking.contains($0) }
    guard context.count <= Self.contextWords else { return nil }
  }

  /// What is searched for to find it.
  var query: String { ([String(name.drop { $0 == "-" })] + context + ["options"]).joined(separator: " ") }

  /// Whether the title, the headings or the file of a passage name the command.
  func fits(_ passage: Passage) -> Bool {
    guard !context.isEmpty else { return true }
    let terms = passage.titleTerms
    return context.allSatisfy { terms.contains(Words.stem($0)) }
  }

  /// Whether a text names the option, as a whole.
  func isNamed(in text: String) -> Bool {
    text.contains(name) && Words.spaced(text).contains { Self.names(in: $0[...]).contains(name) }
  }

  /// The options that a term names: both of `-x, --exclude=PATTERN`.
  static func names(in term: some StringProtocol) -> Set<String> {
    var names: Set<String> = []
    for token in term.split(whereSeparator: { $0.isWhitespace || ",|/`'\"".contains($0) }) {
      guard token.first == "-" else { continue }
      let dashes = token.prefix { $0 == "-" }
      let rest = token.dropFirst(dashes.count)
      guard dashes.count <= 2 else { continue }
      // `--[no-]verify` is two.
      if rest.hasPrefix("[no-]") {
        let name = rest.dropFirst(5).prefix(while: isPart)
        names.formUnion(["\(dashes)\(name)", "\(dashes)no-\(name)"])
        continue
      }
      let name = rest.prefix(while: isPart)
      if !name.isEmpty { names.insert("\(dashes)\(name)") }
    }
    return names
  }

  /// The option that a word of a question is, without quotes and what is given to it.
  private static func option(_ token: String) -> String? {
    let bare = token.drop { "`'\"“(‘".contains($0) }
    guard bare.first == "-" else { return nil }
    let dashes = bare.prefix { $0 == "-" }
    let name = bare.dropFirst(dashes.count).prefix(while: isPart)
    let rest = bare.dropFirst(dashes.count + name.count)
    guard dashes.count <= 2, let first = name.first, first.isLetter || first.isNumber && name.count == 1,
      rest.first.map({ "=`'\"”)’?.,;:![".contains($0) }) ?? true
    else { return nil }
    return "\(dashes)\(name.last == "-" ? name.dropLast() : name)"
  }

  private static func isPart(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber) || character == "-" || character == "_"
  }

  /// Most words that say of which command it is an option.
  private static let contextWords = 4
  private static let openings: Set<String> = [
    "what", "whats", "explain", "describe", "define", "tell", "meaning", "purpose", "option", "flag", "the",
  ]
  /// Words that say of `-1` that it is an option.
  private static let kinds: Set<String> = ["do", "option", "flag", "switch"]
  private static let asking: Set<String> = [
    "mean", "means", "meaning", "option", "options", "flag", "flags", "switch", "parameter", "argument",
    "command",
    "stand", "stands", "used", "use", "purpose", "work", "effect", "line", "set", "passing", "happens",
    "called",
    "run", "running", "invoked", "happen", "page", "man", "manual", "program", "tool", "utility", "long",
    "short",
    "pass", "add", "specify", "given", "using",
  ]
}
