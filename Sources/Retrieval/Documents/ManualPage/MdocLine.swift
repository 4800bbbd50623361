/// Puts the words of a line of mdoc(7) together as a terminal shows them. Brackets and quotes may be opened on one line
/// and closed on another.
struct MdocLine {
  struct Word {
    var text: String
    var isQuoted: Bool
    /// As it stands in the page: what begins with `\&` is no macro.
    var raw: String
  }

  /// The page's name, which `Nm` alone stands for.
  private var name = ""
  /// Ends of what is open.
  private var open: [String] = []
  /// The macro that the line before began with.
  var lastMacro = ""
  private(set) var joinsPrevious = false
  private(set) var joinsNext = false
  /// Whether words are parted by spaces; pages turn that off and on.
  var isSpaced = true
  private var pieces = ""
  private var isJoined = true

  /// Whether something is open that a further line closes.
  var isOpen: Bool { !open.isEmpty }

  /// Macros that enclose the rest of their line.
  private static let enclosures: [String: (String, String)] = [
    "Op": ("[", "]"), "Dq": ("“", "”"), "Qq": ("\"", "\""), "Sq": ("'", "'"), "Ql": ("'", "'"),
    "Pq": ("(", ")"),
    "Bq": ("[", "]"), "Brq": ("{", "}"), "Aq": ("<", ">"),
  ]
  private static let openings: [String: (String, String)] = [
    "Oo": ("[", "]"), "Do": ("“", "”"), "Qo": ("\"", "\""), "So": ("'", "'"), "Po": ("(", ")"),
    "Bo": ("[", "]"),
    "Bro": ("{", "}"), "Ao": ("<", ">"), "Xo": ("", ""), "Fo": ("(", ")"),
  ]
  private static let closings: Set<String> = [
    "Oc", "Dc", "Qc", "Sc", "Pc", "Bc", "Brc", "Ac", "Xc", "Ec", "Fc",
  ]
  private static let systems = [
    "Ux": "UNIX", "Bx": "BSD", "Fx": "FreeBSD", "Nx": "NetBSD", "Ox": "OpenBSD", "Dx": "DragonFly",
    "Bsx": "BSD/OS",
    "At": "AT&T UNIX",
  ]
  /// Macros whose words are shown as they are.
  private static let words: Set<String> = [
    "Ar", "Cm", "Ic", "Em", "Sy", "Li", "Pa", "Ev", "Va", "Vt", "Dv", "Er", "Fa", "Tn", "Cd", "Sx", "Ms",
    "An", "No",
    "Ad", "Lb", "Ft", "Mt", "Fd", "St", "Bf", "Ef", "Eo", "Es", "En", "Dx", "Ta", "Hf", "Ot", "Fr",
  ]
  private static let others: Set<String> = [
    "Fl", "Nm", "Xr", "Ns", "Pf", "Ap", "Fn", "Lk", "In", "Ex", "Rv", "Bt", "Ud",
  ]

  static func isMacro(_ word: String) -> Bool {
    words.contains(word) || others.contains(word) || closings.contains(word) || enclosures[word] != nil
      || openings[word] != nil || systems[word] != nil
  }

  private static let closers: Set<String> = [".", ",", ";", ":", "?", "!", ")", "]"]
  private static let openers: Set<String> = ["(", "["]

  mutating func inline(_ words: [Word]) -> String {
    (pieces, isJoined, joinsNext, joinsPrevious) = ("", true, false, false)
    var words = words[...]
    // Punctuation at the end stands outside of what the line encloses.
    var tail: [String] = []
    while words.count > 1, let last = words.last, !last.isQuoted, Self.closers.contains(last.raw) {
      tail.append(last.text)
      words.removeLast()
    }
    run(words)
    for text in tail.reversed() { add(text) }
    joinsNext = isJoined && !pieces.isEmpty || !isSpaced
    return pieces
  }

  private mutating func add(_ text: String) {
    if pieces.isEmpty, isClosing(text) { joinsPrevious = true }
    if !isJoined, isSpaced, !Self.closers.contains(text), !pieces.isEmpty { pieces += " " }
    pieces += text
    isJoined = Self.openers.contains(text)
  }

  private func isClosing(_ text: String) -> Bool { Self.closers.contains(text) }

  private mutating func close(_ text: String) {
    if pieces.isEmpty { joinsPrevious = true }
    pieces += text
    isJoined = false
  }

  private mutating func open(_ text: String) {
    add(text)
    isJoined = true
  }

  /// The words before the next macro or punctuation.
  private func argumentCount(_ words: ArraySlice<Word>) -> Int {
    words.prefix { $0.isQuoted || !(isMacro($0) || isClosing($0.text) || Self.openers.contains($0.text)) }
      .count
  }

  private func isMacro(_ word: Word) -> Bool {
    !word.isQuoted && !word.raw.hasPrefix("\\") && Self.isMacro(word.text)
  }

  private mutating func run(_ words: ArraySlice<Word>) {
    var rest = words
    // Ends of what encloses the rest of the line, outermost first.
    var ends: [String] = []
    while let word = rest.popFirst() {
      guard isMacro(word) else {
        add(word.text)
        continue
      }
      let count = argumentCount(rest)
      let arguments = rest.prefix(count).map(\.text)
      if let (start, end) = Self.enclosures[word.text] {
        open(start)
        ends.append(end)
        continue
      }
      if let (start, end) = Self.openings[word.text] {
        if word.text == "Fo" {
          add(arguments.joined(separator: " "))
          rest = rest.dropFirst(count)
          isJoined = true
        }
        if open.count < 50 { open.append(end) }
        if start.isEmpty { continue }
        open(start)
        continue
      }
      if Self.closings.contains(word.text) {
        close(open.popLast() ?? "")
        continue
      }
      switch word.text {
      case "Fl":
        let joins = count == 0 && (rest.first.map(isMacro) ?? false)
        if arguments.isEmpty { add("-") } else { for argument in arguments { add("-" + argument) } }
        // An option made of two macros is one word.
        if joins, rest.first?.text == "Fl" { isJoined = true }
      case "Ar" where arguments.isEmpty: add("file ...")
      case "Nm":
        if let first = arguments.first, name.isEmpty { name = first }
        add(arguments.isEmpty ? name : arguments.joined(separator: " "))
      case "Xr":
        add(arguments.count > 1 ? "\(arguments[0])(\(arguments[1]))" : arguments.joined())
        for argument in arguments.dropFirst(2) { add(argument) }
      case "Ns":
        if pieces.isEmpty { joinsPrevious = true }
        isJoined = true
        continue
      case "Ap":
        close("'")
        isJoined = true
        continue
      case "Pf":
        if let first = arguments.first {
          add(first)
          isJoined = true
          rest = rest.dropFirst()
        }
        continue
      case "Fn":
        add("\(arguments.first ?? "")(\(arguments.dropFirst().joined(separator: ", ")))")
      case "Lk":
        add(
          arguments.count > 1
            ? "\(arguments.dropFirst().joined(separator: " ")) <\(arguments[0])>" : arguments.joined())
      case "In": add("#include <\(arguments.joined(separator: " "))>")
      case "Ex":
        add(
          "The \(arguments.dropFirst().first ?? name) utility exits 0 on success, and >0 if an error occurs.")
      case "Rv": add("On success 0 is returned, otherwise -1 and errno is set.")
      case "Bt": add("is currently in beta test.")
      case "Ud": add("currently under development.")
      default:
        if let system = Self.systems[word.text] { add(system) }
        if lastMacro == "Fa", word.text == "Fa", open.last == ")", pieces.isEmpty, !arguments.isEmpty {
          close(",")
        }
        for argument in arguments { add(argument) }
      }
      rest = rest.dropFirst(count)
    }
    for end in ends.reversed() { close(end) }
  }
}
