import Retrieval

extension ParsedDocument {
  /// The blocks as short lines: `h2 Words #anchor`, `p words`, `li - words`.
  var outline: [String] {
    blocks.map { block in
      let anchor = block.anchor.map { " #\($0)" } ?? ""
      return "\(block.kind.mark) \(words(of: block))\(anchor)"
    }
  }

  /// What a block holds; code without the margin before its lines.
  func words(of block: Block) -> String {
    let words = stored(block)
    guard block.kind == .code, words.hasPrefix("\t") else { return words }
    return String(words.dropFirst()).replacing("\n\t", with: "\n")
  }

  func stored(_ block: Block) -> String { String(decoding: Array(text.utf8)[block.range], as: UTF8.self) }
}

extension Block.Kind {
  fileprivate var mark: String {
    switch self {
    case .heading(let level): "h\(level)"
    case .paragraph: "p"
    case .listItem: "li"
    case .quote: "q"
    case .table: "t"
    case .code: "c"
    }
  }
}

/// Parses and gives the outline.
func outline(_ parser: some DocumentParser, _ text: String, name: String = "") throws -> [String] {
  try parser.parse(Array(text.utf8), name: name).outline
}
