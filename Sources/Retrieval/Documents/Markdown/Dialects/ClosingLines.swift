/// Where the last lines stand that close what other lines open: blocks of pymdownx and comments of Obsidian.
///
/// What nothing closes is text that looks like them: `///` begins comments in many languages.
struct ClosingLines {
  private var lastOfBlocks: [Int: Int] = [:]
  private var lastOfComments = -1

  init(_ lines: TextLines) {
    var fence = MarkdownFence()
    for number in 0..<lines.count {
      let line = lines[number]
      if fence.takes(line) { continue }
      let content = line.trimmedSpace
      guard let first = content.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "%"),
        content.allSatisfy({ $0 == first })
      else { continue }
      if first == UInt8(ascii: "/") {
        lastOfBlocks[content.count] = number
      } else if content.count == 2 {
        lastOfComments = number
      }
    }
  }

  func closesBlock(_ slashes: Int, after line: Int) -> Bool { lastOfBlocks[slashes] ?? -1 > line }
  func closesComment(after line: Int) -> Bool { lastOfComments > line }
}
