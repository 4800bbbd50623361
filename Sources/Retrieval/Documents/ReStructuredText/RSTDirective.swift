/// A directive: `.. name:: argument`, options, and an indented body.
struct RSTDirective {
  enum Kind {
    /// Nothing of it is text.
    case dropped
    case code, formula, picture, listTable, csvTable, glossary, module
    /// A body with a word before it: `Note: `.
    case labelled(String)
    /// `Changed in version 3.2: `.
    case versioned(String)
    /// The argument is a title above the body.
    case titled
    /// Only the body is text.
    case container
    /// Argument and body are one text.
    case text
    case quote
    /// Signatures of something in a program; a scope names what is described within.
    case description(isScope: Bool)
  }

  let name: String
  let kind: Kind
  var argument: ArraySlice<UInt8>
  private(set) var options: [String: ArraySlice<UInt8>] = [:]
  let line: Int
  let end: Int
  /// The lines after the options.
  private(set) var body: Range<Int>
  /// The lines right below the first one, up to a blank line.
  private(set) var firstBlock: Range<Int>
  private(set) var hasOptions = false

  /// Nil if the text after `..` is a comment.
  init?(_ content: ArraySlice<UInt8>, at line: Int, end: Int, in lines: [RSTLine]) {
    let name = content.prefix { $0.isASCIIAlphanumeric || "_+:.-".utf8.contains($0) }
    guard name.suffix(2).elementsEqual("::".utf8), name.count > 2 else { return nil }
    self.name = name.dropLast(2).lowercasedString
    argument = content[name.endIndex...].trimmedSpace
    kind = Self.kind(named: self.name, argument)
    self.line = line
    self.end = end
    var next = line + 1
    while next < end, !lines[next].isBlank { next += 1 }
    firstBlock = (line + 1)..<next
    var start = line + 1
    if kind.takesOptions {
      while start < next {
        let text = lines[start].content
        if text.first == UInt8(ascii: ":"), let close = text.dropFirst().firstIndex(of: UInt8(ascii: ":")) {
          hasOptions = true
          options[text[(text.startIndex + 1)..<close].lowercasedString] = text[(close + 1)...].trimmedSpace
        } else if !hasOptions, !kind.argumentContinues {
          break
        }
        start += 1
      }
    }
    body = start..<end
  }

  private static func kind(named name: String, _ argument: ArraySlice<UInt8>) -> Kind {
    // Sphinx describes Python classes with the name that docutils uses for styles.
    if name == "class", argument.contains(where: { $0.isASCIIUppercase || $0 == UInt8(ascii: "(") }) {
      return .description(isScope: true)
    }
    if let kind = kinds[name] { return kind }
    if let colon = name.lastIndex(of: ":") {
      let local = String(name[name.index(after: colon)...])
      if let kind = kinds[local] { return kind }
      // What a domain describes has a name; without one it is rather an example that is run.
      return argument.isEmpty ? .code : .description(isScope: false)
    }
    return name.hasPrefix("auto") ? .container : .titled
  }

  /// The kind of a directive of docutils or Sphinx; nil for others.
  static func knownKind(_ name: String) -> Kind? { kinds[name] }

  var describesPython: Bool {
    !name.contains(":") && name != "option" && name != "envvar" && name != "describe" || name.hasPrefix("py:")
  }

  /// Whether it names something that Sphinx or a project of its lists, rather than a box or a title above a text.
  var mayBeMark: Bool {
    switch kind {
    case .description(let isScope): !isScope
    case .titled: true
    default: false
    }
  }

  /// The argument, which may go on over the lines below, one signature a line.
  func signatures(in lines: [RSTLine]) -> [[UInt8]] {
    var result = argument.isEmpty ? [] : [Array(argument)]
    for line in firstBlock {
      let text = lines[line].content
      if text.first == UInt8(ascii: ":") { break }
      // A backslash joins a signature with the next line.
      if let last = result.last, last.last == UInt8(ascii: "\\") {
        result[result.count - 1] = last.dropLast() + text
      } else {
        result.append(Array(text))
      }
    }
    return result
  }

  /// `open` of `open(file, mode='r')`.
  static func describedName(_ signature: [UInt8]) -> String {
    var words = signature[...]
    for word in ["async ", "classmethod ", "staticmethod ", "abstractmethod "]
    where words.starts(with: Array(word.utf8)) {
      words = words.dropFirst(word.utf8.count)
    }
    return words.prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }
      .string
  }

  private static let kinds: [String: Kind] = {
    var kinds: [String: Kind] = [
      "math": .formula, "image": .picture, "figure": .picture, "thumbnail": .picture,
      "list-table": .listTable,
      "flat-table": .listTable, "csv-table": .csvTable, "glossary": .glossary, "module": .module,
      "currentmodule": .module, "epigraph": .quote, "pull-quote": .quote, "highlights": .quote,
      "seealso": .labelled("See also"), "impl-detail": .labelled("CPython implementation detail"),
      "availability": .labelled("Availability"), "versionadded": .versioned("Added in version"),
      "versionchanged": .versioned("Changed in version"),
      "deprecated": .versioned("Deprecated since version"),
      "versionremoved": .versioned("Removed in version"),
      "deprecated-removed": .versioned("Deprecated since version"),
    ]
    for name in ["note", "warning", "tip", "important", "caution", "danger", "error", "hint", "attention"] {
      kinds[name] = .labelled(name.prefix(1).uppercased() + name.dropFirst())
    }
    for name in [
      "code-block", "code", "sourcecode", "parsed-literal", "prompt", "doctest", "testcode", "testoutput",
      "ipython",
      "productionlist", "code-tab", "jupyter-execute", "console", "command-output", "literal",
    ] { kinds[name] = .code }
    for name in [
      "toctree", "include", "literalinclude", "contents", "index", "raw", "meta", "highlight", "todo",
      "todolist",
      "sectionauthor", "moduleauthor", "codeauthor", "tabularcolumns", "default-role", "role",
      "default-domain",
      "sectnum", "target-notes", "testsetup", "testcleanup", "graphviz", "digraph", "graph", "mermaid",
      "plantuml",
      "uml", "audit-event", "audit-event-table", "program", "plot", "video", "youtube", "iframe",
      "autosummary",
      "bibliography", "miscnews", "title", "header", "footer", "date", "unicode", "replace", "local-contents",
      "inheritance-diagram", "git_commit_detail", "highlightlang", "miss-include",
    ] { kinds[name] = .dropped }
    for name in [
      "container", "compound", "class", "rst-class", "only", "ifconfig", "hlist", "grid", "tabs", "tab-set",
      "acks",
      "cssclass", "div", "grid-item", "panels", "centered-block", "sphinx-directive",
    ] { kinds[name] = .container }
    for name in ["rubric", "centered", "line-block"] { kinds[name] = .text }
    for name in [
      "function", "data", "attribute", "method", "classmethod", "staticmethod", "decorator",
      "decoratormethod",
      "property", "exception", "option", "cmdoption", "envvar", "confval", "describe", "object", "opcode",
      "macro",
      "type", "member", "var", "struct", "enum", "enumerator", "union", "alias", "concept", "pdbcommand",
      "setting",
      "django-admin", "templatetag", "templatefilter", "fieldlookup", "cfunction", "ctype", "cmacro", "cvar",
    ] { kinds[name] = .description(isScope: false) }
    for name in [
      "py:class", "py:exception", "exception", "autoexception", "cpp:class", "js:class", "interface",
    ] {
      kinds[name] = .description(isScope: true)
    }
    return kinds
  }()
}

extension RSTDirective.Kind {
  /// Lines such as `:width: 50` below the first are options and no text.
  fileprivate var takesOptions: Bool {
    switch self {
    case .labelled, .versioned, .quote: false
    default: true
    }
  }

  /// The argument may go on below, before the options.
  fileprivate var argumentContinues: Bool {
    if case .description = self { return true }
    return false
  }
}
