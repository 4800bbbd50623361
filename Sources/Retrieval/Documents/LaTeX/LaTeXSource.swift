/// A LaTeX document without its comments: what is said, and what its preamble says of it.
struct LaTeXSource {
  /// What stands between the beginning and the end of the document; all of it, where it is a part of another.
  private(set) var body: [UInt8]
  private(set) var title: String?
  private(set) var author: String?
  private(set) var date: String?
  /// What commands without arguments stand for that the preamble defines.
  private(set) var macros: [String: [UInt8]] = [:]

  /// Most bytes of what a command stands for; longer ones are layout.
  private static let longestMacro = 200

  init(_ text: [UInt8]) {
    let text = Self.withoutComments(text)
    var preamble = text.startIndex..<text.startIndex
    body = text
    if let begin = Self.find("\\begin{document}", in: text, from: 0) {
      preamble = 0..<begin
      let start = begin + "\\begin{document}".utf8.count
      body = Array(text[start..<(Self.find("\\end{document}", in: text, from: start) ?? text.count)])
    }
    // They may stand on both sides.
    readDefinitions(in: Array(text[preamble]))
    readDefinitions(in: Array(body.prefix(1 << 14)))
  }

  private mutating func readDefinitions(in text: [UInt8]) {
    var index = 0
    while let start = text[index...].firstIndex(of: UInt8(ascii: "\\")) {
      guard let command = LaTeXCommand(in: text, at: start) else {
        index = start + 1
        continue
      }
      index = command.end
      switch command.name {
      case "title": title = title ?? text[command.argument(in: text).range].string
      case "author": author = author ?? text[command.argument(in: text).range].string
      case "date": date = date ?? text[command.argument(in: text).range].string
      case "newcommand", "renewcommand", "def":
        let isBare = command.name == "def" || text[command.end...].first == UInt8(ascii: "\\")
        let name = isBare ? command.end..<command.end : command.argument(in: text).range
        let place = isBare ? command.end : name.lowerBound
        guard let defined = LaTeXCommand(in: text, at: place) else { continue }
        let end = isBare ? defined.end : name.upperBound + 1
        guard end < text.count, text[end] == UInt8(ascii: "{"),
          let group = LaTeXCommand.group(in: text[...], at: end),
          group.range.count <= Self.longestMacro
        else { continue }
        macros[defined.name] = Array(text[group.range])
      default: continue
      }
    }
  }

  /// What follows an unescaped `%` is left out up to the end of its line, with a line that holds nothing else.
  private static func withoutComments(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    let lines = TextLines(text)
    var verbatim: [UInt8]?
    for line in 0..<lines.count {
      let bytes = lines[line]
      var end = bytes.startIndex
      // In code a percent sign is one.
      if let close = verbatim {
        end = bytes.endIndex
        if find(close, in: bytes) { verbatim = nil }
      } else if let name = verbatimNames.first(where: { find(Array("\\begin{\($0)".utf8), in: bytes) }) {
        verbatim = Array("\\end{\(name)".utf8)
      }
      while end < bytes.endIndex, bytes[end] != UInt8(ascii: "%") {
        end += bytes[end] == UInt8(ascii: "\\") && end + 1 < bytes.endIndex ? 2 : 1
      }
      let said = bytes[..<min(end, bytes.endIndex)]
      if end < bytes.endIndex, said.isBlank { continue }
      result.append(contentsOf: said)
      result.append(.lineFeed)
    }
    return result
  }

  /// Environments that hold code.
  static let verbatimNames = ["verbatim", "lstlisting", "minted", "Verbatim"]

  private static func find(_ pattern: [UInt8], in line: ArraySlice<UInt8>) -> Bool {
    line.indices.contains { line[$0] == UInt8(ascii: "\\") && line[$0...].starts(with: pattern) }
  }

  static func find(_ text: String, in bytes: [UInt8], from start: Int) -> Int? {
    let pattern = Array(text.utf8)
    var index = start
    while let found = bytes[index...].firstIndex(of: pattern[0]) {
      if bytes[found...].starts(with: pattern) { return found }
      index = found + 1
    }
    return nil
  }
}
