/// Lines of a Word document that are bold throughout, which people write for headings where they know of no styles.
struct DOCXBoldHeadings {
  private struct Line {
    /// Index of its block.
    let block: Int
    /// Of its font, in half points.
    let size: Int
  }

  /// Fewer of them may be emphasis.
  private static let fewest = 2
  private static let (mostWords, mostCharacters) = (14, 120)
  private var lines: [Line] = []

  /// Takes a paragraph whose words are all bold.
  mutating func add(_ text: String, block: Int, size: Int) {
    let words = Whitespace.collapsed(text)
    guard words.count <= Self.mostCharacters, words.split(separator: " ").count <= Self.mostWords,
      !text.contains("\n"), words.contains(where: \.isLetter), let last = words.last, !".,;:!".contains(last)
    else { return }
    lines.append(Line(block: block, size: size))
  }

  /// Makes headings of them in a document that has none by style but its title. A line above another one, and one larger
  /// than the others, is above them.
  func mark(in document: inout ParsedDocument) {
    let isTitle = { (block: Block) in block.kind == .heading(level: 1) }
    let headings = document.blocks.filter { if case .heading = $0.kind { true } else { false } }
    guard headings.count <= 1, headings.allSatisfy(isTitle) else { return }
    let marked = lines.filter { line in
      line.block + 1 < document.blocks.count && document.blocks[line.block].kind == .paragraph
    }
    guard marked.count >= Self.fewest, let usual = marked.map(\.size).min() else { return }
    for (index, line) in marked.enumerated() {
      let isAbove = index == 0 && marked[1].block == line.block + 1 && headings.isEmpty
      document.blocks[line.block].kind = .heading(level: line.size > usual || isAbove ? 1 : 2)
    }
    if document.title == nil, let first = marked.first, first.block == 0,
      document.blocks[0].kind == .heading(level: 1)
    {
      document.title = Array(document.text.utf8)[document.blocks[0].range].string
    }
  }
}
