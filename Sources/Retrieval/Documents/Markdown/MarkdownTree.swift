internal import CCMark
import Synchronization

/// A Markdown text parsed by cmark-gfm with tables, strikethrough, task lists and footnotes.
///
/// The autolink extension is left out: it changes no text, more than doubles the time, and is quadratic on `a@`
/// in this version. Two tildes strike through, one does not, so that `~5` and `~user` stay.
final class MarkdownTree {
  private let root: OpaquePointer

  /// cmark keeps the table of characters that extensions handle in a global, changed during each parse.
  private static let parsing = Mutex<Void>(())
  private static let isRegistered: Void = cmark_gfm_core_extensions_ensure_registered()
  /// cmark counts in 32 bits, and escapes may double what it gets.
  static let maximumSize = 512 << 20

  /// Nil if cmark has no memory.
  init?(_ text: [UInt8]) {
    Self.isRegistered
    var root: OpaquePointer?
    text.withUnsafeBytes { raw in
      Self.parsing.withLock { _ in
        guard let parser = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE) else {
          return
        }
        defer { cmark_parser_free(parser) }
        for name in ["table", "strikethrough", "tasklist"] {
          if let found = cmark_find_syntax_extension(name) {
            cmark_parser_attach_syntax_extension(parser, found)
          }
        }
        cmark_parser_feed(parser, raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count)
        root = cmark_parser_finish(parser)
      }
    }
    guard let root else { return nil }
    self.root = root
  }

  deinit { cmark_node_free(root) }

  /// Visits every node in document order without recursion: containers on entry and on exit, leaves once.
  func walk(_ visit: (MarkdownNode, _ isEntering: Bool) throws -> Void) rethrows {
    guard let iterator = cmark_iter_new(root) else { return }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return }
      guard let node = cmark_iter_get_node(iterator) else { return }
      try visit(MarkdownNode(node), event == CMARK_EVENT_ENTER)
    }
  }

  /// A heading of level 1 stands outside lists and quotes.
  var hasTopHeading: Bool {
    var next = cmark_node_first_child(root)
    while let node = next {
      if MarkdownNode(node).kind == .heading, cmark_node_get_heading_level(node) == 1 { return true }
      next = cmark_node_next(node)
    }
    return false
  }
}
