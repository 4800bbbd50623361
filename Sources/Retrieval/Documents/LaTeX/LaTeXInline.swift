/// The words of LaTeX text: without what only says how they look, where they are labelled and what they cite.
struct LaTeXInline {
  /// What commands stand for that the document defines itself; these are not looked through again.
  private let macros: [String: [UInt8]]
  /// Bytes that they may still add to the text: a short document must not become a long one.
  private var budget: Int

  /// - Parameter budget: bytes that the document's own commands may add in all.
  init(macros: [String: [UInt8]], budget: Int) { (self.macros, self.budget) = (macros, budget) }

  mutating func plain(_ text: ArraySlice<UInt8>) -> String {
    let text = Array(text)
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\\"):
        index = append(text, at: index, to: &result)
      case UInt8(ascii: "$"):
        // A formula stays as it is written.
        let mark = text[index...].prefix(2).prefix { $0 == UInt8(ascii: "$") }.count
        let rest = text[(index + mark)...]
        let end =
          rest.prefix(Self.longestFormula).firstIndex(of: UInt8(ascii: "$")).map { $0 + mark } ?? index + mark
        result.append(contentsOf: text[index..<min(end, text.count)])
        index = min(end, text.count)
      case UInt8(ascii: "{"), UInt8(ascii: "}"): index += 1
      case UInt8(ascii: "~"):
        result.append(.space)
        index += 1
      default:
        result.append(text[index])
        index += 1
      }
    }
    return Whitespace.collapsed(
      result.string.replacing("``", with: "“").replacing("''", with: "”").replacing("---", with: "—")
        .replacing("--", with: "–")
    )
    .replacing(" .", with: ".").replacing(" ,", with: ",")
  }

  private mutating func append(_ text: [UInt8], at index: Int, to result: inout [UInt8]) -> Int {
    guard let command = LaTeXCommand(in: text, at: index) else { return index + 1 }
    if let sign = Self.signs[command.name] {
      result.append(contentsOf: sign.utf8)
      return command.end
    }
    if let meaning = macros[command.name] {
      budget -= meaning.count
      guard budget >= 0 else { return command.end }
      var inner = LaTeXInline(macros: [:], budget: 0)
      result.append(contentsOf: inner.plain(meaning[...]).utf8)
      return command.end
    }
    if Self.silent.contains(command.name) {
      // The space before a footnote or a citation goes with it.
      while let last = result.last, last == .space || last == .lineFeed { result.removeLast() }
      return command.argument(in: text).end
    }
    if Self.hidden.contains(command.name) {
      var end = command.argument(in: text).end
      while let group = LaTeXCommand.group(in: text[...], at: end) { end = group.end }
      return end
    }
    if command.name == "href" { return command.argument(in: text).end }
    if command.name == "(" || command.name == ")" || command.name == "[" || command.name == "]" {
      result.append(UInt8(ascii: "$"))
      return command.end
    }
    // Of any other the argument is said, and its options are not.
    return command.option(in: text).map(\.end) ?? command.end
  }

  /// Most bytes of a formula within a line.
  private static let longestFormula = 1000

  private static let signs: [String: String] = [
    "%": "%", "&": "&", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", ",": " ", ";": " ",
    ":": " ",
    "!": "", "/": "", "-": "", "\\": "\n", "and": ", ", "ldots": "…", "dots": "…", "LaTeX": "LaTeX",
    "TeX": "TeX",
    "textbackslash": "\\", "newline": "\n", "quad": " ", "qquad": " ", "S": "§", "euro": "€",
    "textasciitilde": "~",
    "today": "", "par": "\n", "ss": "ß", "\"": "",
  ]
  /// What is said elsewhere, with the space before it.
  private static let silent: Set<String> = [
    "cite", "citep", "citet", "parencite", "label", "index", "thanks", "nocite",
  ]
  /// What says nothing.
  private static let hidden: Set<String> = [
    "bibliographystyle", "bibliography", "vspace", "hspace", "includegraphics", "setlength", "pagestyle",
    "thispagestyle", "input", "include", "usepackage", "documentclass", "setcounter", "newcommand",
    "renewcommand",
    "color", "bibitem",
  ]
}
