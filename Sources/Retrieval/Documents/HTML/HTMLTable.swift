/// A table of data as rows of text; tables that only lay a page out are none.
struct HTMLTable {
  /// A row a line, cells separated by ` | `.
  private(set) var text: [UInt8] = []
  private(set) var caption: [UInt8] = []

  private let tree: HTMLTree
  private let isDropped: [Bool]
  /// Cells that reach down into the next rows, by column.
  private var reaching: [Int: (rows: Int, text: [UInt8])] = [:]
  /// Bytes of cells where they stand, and of those repeated in further rows.
  private var (own, repeated) = (0, 0)
  private static let maximumColumns = 500

  init?(_ index: Int, in tree: HTMLTree, without isDropped: [Bool]) {
    self.tree = tree
    self.isDropped = isDropped
    guard Self.isData(index, in: tree, without: isDropped) else { return nil }
    for node in tree.subtree(index) where !isDropped[node] {
      switch tree.nodes[node].tag {
      case .caption where caption.isEmpty: caption = cellText(node)
      case .tr where !isInDropped(node, table: index): addRow(node)
      default: break
      }
    }
  }

  private static func isData(_ index: Int, in tree: HTMLTree, without isDropped: [Bool]) -> Bool {
    if let role = tree.attribute(.role, of: index)?.string, role == "presentation" || role == "none" {
      return false
    }
    var cells = 0
    var headers = 0
    var paragraphs = 0
    var holdsBlocks = false
    for node in tree.subtree(index).dropFirst() where !isDropped[node] {
      switch tree.nodes[node].tag {
      case .table: return false
      case .td:
        cells += 1
        paragraphs = 0
      case .p:
        paragraphs += 1
        if paragraphs > 1 { holdsBlocks = true }
      case .th: headers += 1
      case .pre, .h1, .h2, .h3, .h4, .h5, .h6, .blockquote, .dl: holdsBlocks = true
      default: break
      }
    }
    return headers + cells > 1 && (headers > 0 || !holdsBlocks)
  }

  private func isInDropped(_ node: Int, table: Int) -> Bool {
    var next = tree.parent(node)
    while let current = next, current > table {
      if isDropped[current] { return true }
      next = tree.parent(current)
    }
    return false
  }

  private mutating func addRow(_ row: Int) {
    var cells: [[UInt8]] = []
    for cell in tree.children(of: row) {
      guard tree.nodes[cell].tag == .td || tree.nodes[cell].tag == .th else { continue }
      guard cells.count < Self.maximumColumns else { break }
      fillFromAbove(&cells)
      let text = isDropped[cell] ? [] : cellText(cell)
      let rows = tree.number(.rowspan, of: cell) ?? 1
      if rows > 1, text.count <= 200 { reaching[cells.count] = (min(rows, 1000) - 1, text) }
      own += text.count
      cells.append(text)
      // A cell over several columns says its text once and keeps the others in their columns.
      let columns = min(tree.number(.colspan, of: cell) ?? 1, 50)
      if columns > 1 { cells += Array(repeating: [], count: columns - 1) }
    }
    fillFromAbove(&cells)
    while cells.last?.isEmpty == true { cells.removeLast() }
    guard cells.contains(where: { !$0.isEmpty }) else { return }
    if !text.isEmpty { text.append(.lineFeed) }
    text.append(contentsOf: cells.joined(separator: Array(" | ".utf8)))
  }

  /// Adds the cells that reach down to where the row has come.
  private mutating func fillFromAbove(_ cells: inout [[UInt8]]) {
    while let above = reaching[cells.count] {
      reaching[cells.count] = above.rows > 1 ? (above.rows - 1, above.text) : nil
      // A few tags could otherwise ask for any amount of text.
      cells.append(repeated > 65_536 + 4 * own ? [] : above.text)
      repeated += above.text.count
    }
  }

  /// The text of a cell on one line.
  private func cellText(_ cell: Int) -> [UInt8] {
    var line = InlineText()
    var node = cell
    while node < tree.nodes[cell].end {
      if isDropped[node] {
        node = Int(tree.nodes[node].end)
        continue
      }
      let tag = tree.nodes[node].tag
      if tag == .text {
        line.add(tree.text[tree.textRange(node)])
      } else if tag == .img, let text = tree.attribute(.alt, of: node) {
        line.space()
        line.add(text)
        line.space()
      } else if tag == .sup {
        let text = HTMLPreformatted.text(of: node, in: tree, without: isDropped).trimmedSpace
        if tree.subtree(node).contains(where: { tree.nodes[$0].tag == .a }) {
          // A reference to a note.
          line.addVerbatim(
            text.first == UInt8(ascii: "[") ? Array(text) : Array("[".utf8) + text + Array("]".utf8))
          node = Int(tree.nodes[node].end)
          continue
        }
        if HTMLSuperscript.isExponent(text, after: line.bytes) { line.addVerbatim("^".utf8) }
      } else if tag.isBlock || tag == .br {
        line.space()
      }
      node += 1
    }
    return line.take()
  }
}
