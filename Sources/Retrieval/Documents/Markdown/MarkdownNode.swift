internal import CCMark

/// A node of a `MarkdownTree`, valid while the tree lives.
struct MarkdownNode {
  enum Kind {
    case other, quote, list, item, code, html, paragraph, heading, footnote, table, row, cell
    case text, softBreak, lineBreak, codeSpan, inlineHTML, footnoteReference
  }

  private let node: OpaquePointer

  init(_ node: OpaquePointer) { self.node = node }

  var kind: Kind {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_TEXT: .text
    case CMARK_NODE_SOFTBREAK: .softBreak
    case CMARK_NODE_PARAGRAPH: .paragraph
    case CMARK_NODE_CODE: .codeSpan
    case CMARK_NODE_LINK, CMARK_NODE_EMPH, CMARK_NODE_STRONG, CMARK_NODE_IMAGE, CMARK_NODE_DOCUMENT: .other
    case CMARK_NODE_ITEM: .item
    case CMARK_NODE_LIST: .list
    case CMARK_NODE_HEADING: .heading
    case CMARK_NODE_CODE_BLOCK: .code
    case CMARK_NODE_BLOCK_QUOTE: .quote
    case CMARK_NODE_HTML_BLOCK: .html
    case CMARK_NODE_HTML_INLINE: .inlineHTML
    case CMARK_NODE_LINEBREAK: .lineBreak
    case CMARK_NODE_FOOTNOTE_DEFINITION: .footnote
    case CMARK_NODE_FOOTNOTE_REFERENCE: .footnoteReference
    default: extensionKind
    }
  }

  /// Extensions get the numbers of their node types at run time.
  private var extensionKind: Kind {
    switch String(cString: cmark_node_get_type_string(node)) {
    case "table": .table
    case "table_row", "table_header": .row
    case "table_cell": .cell
    default: .other
    }
  }

  /// The text of a leaf; empty for other nodes.
  var literal: UnsafeBufferPointer<UInt8> {
    guard let text = cmark_node_get_literal(node) else { return UnsafeBufferPointer(start: nil, count: 0) }
    let raw = UnsafeRawPointer(text)
    return UnsafeBufferPointer(
      start: raw.assumingMemoryBound(to: UInt8.self), count: MarkdownNode.length(text))
  }

  /// What stands behind the opening fence of code; empty for other nodes.
  var fenceInfo: [UInt8] {
    cmark_node_get_fence_info(node).map { Array(String(cString: $0).utf8) } ?? []
  }

  var headingLevel: Int { Int(cmark_node_get_heading_level(node)) }

  /// The number of a list's first item; nil for bullets.
  var listStart: Int? {
    cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? Int(cmark_node_get_list_start(node)) : nil
  }

  /// Whether a task is ticked; nil for an item that is no task.
  var isTicked: Bool? {
    guard let name = cmark_node_get_type_string(node), String(cString: name) == "tasklist" else { return nil }
    return cmark_gfm_extensions_get_tasklist_item_checked(node)
  }

  private static func length(_ text: UnsafePointer<CChar>) -> Int {
    var count = 0
    while text[count] != 0 { count += 1 }
    return count
  }
}
