/// Tells what a message quotes from the words of the one who wrote it.
enum QuotedLines {
  struct Part: Equatable {
    let isQuoted: Bool
    let text: ArraySlice<UInt8>
  }

  /// A text in its order. Quoted lines begin with `>` and keep it; the line above that says whose words they are belongs
  /// to them.
  static func parts(of text: [UInt8]) -> [Part] {
    let lines = TextLines(text)
    var quoted = (0..<lines.count).map { lines[$0].first == UInt8(ascii: ">") }
    // A blank line between two quoted ones is theirs.
    for line in quoted.indices.dropFirst().dropLast()
    where quoted[line - 1] && quoted[line + 1] && lines.isBlank(line) {
      quoted[line] = true
    }
    for line in quoted.indices where quoted[line] && (line == 0 || !quoted[line - 1]) {
      for named in attribution(above: line, of: lines) { quoted[named] = true }
    }
    var parts: [Part] = []
    var start = 0
    for line in quoted.indices where line + 1 == quoted.count || quoted[line + 1] != quoted[line] {
      parts.append(Part(isQuoted: quoted[line], text: lines[start..<line + 1]))
      start = line + 1
    }
    return parts
  }

  /// `On Mon, 3 Mar 2025, Ann wrote:`, on one line or two, above a quotation.
  private static func attribution(above line: Int, of lines: TextLines) -> Range<Int> {
    var last = line - 1
    if last > 0, lines.isBlank(last) { last -= 1 }
    guard last >= 0, lines[last].trimmedSpace.last == UInt8(ascii: ":"), lines[last].count <= 200 else {
      return line..<line
    }
    let opening = ["On ", "Am ", "Le ", "El ", "Il "]
    func opens(_ line: Int) -> Bool { opening.contains { lines[line].starts(with: $0.utf8) } }
    if !opens(last), last > 0, opens(last - 1) { return last - 1..<line }
    return opens(last) || lines[last].trimmedSpace.suffix(6).elementsEqual("wrote:".utf8)
      ? last..<line : line..<line
  }
}
