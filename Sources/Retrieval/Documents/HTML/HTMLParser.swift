/// Reads HTML and XHTML pages as their readers see them.
public struct HTMLParser: DocumentParser {
  /// How much of a page is read.
  public enum Scope: Sendable {
    /// The main text: navigation, banners, forms and other parts that repeat on a site's pages are left out,
    /// unless that would leave nothing.
    case mainContent
    /// All that is visible, for chapters of a book and for scraps of HTML in other formats.
    case wholePage
  }

  public let scope: Scope

  public init(scope: Scope = .mainContent) {
    self.scope = scope
  }

  /// - Throws: `DocumentError`, `.redirect` for a page that only leads to another, where the main content is asked for.
  public func parse(_ bytes: [UInt8], name: String = "") throws -> ParsedDocument {
    var builder = DocumentBuilder()
    let tree = try tree(of: bytes, into: &builder)
    if scope == .mainContent, let target = HTMLRedirect.target(of: tree),
      !HTMLRedirect.leadsBack(target, name: name)
    {
      throw HTMLRedirect.error(target)
    }
    builder.title = append(tree, into: &builder)
    return builder.build()
  }

  /// Appends a page's blocks to a document of several pages, such as a book.
  ///
  /// The builder's `page` follows the page breaks that an EPUB marks; its `title` stays as it is.
  ///
  /// - Parameter declaredCharset: the charset that the transport names, which wins over the page's own.
  /// - Returns: the page's own title.
  @discardableResult
  public func append(
    _ bytes: [UInt8], into builder: inout DocumentBuilder, declaredCharset: String? = nil
  ) throws -> String? {
    append(try tree(of: bytes, into: &builder, declaredCharset: declaredCharset), into: &builder)
  }

  private func tree(
    of bytes: [UInt8], into builder: inout DocumentBuilder, declaredCharset: String? = nil
  ) throws -> HTMLTree {
    let charset = declaredCharset ?? HTMLCharset.declared(in: bytes)
    let (page, notes) = try TextDecoding.decodeUTF8(bytes, declaredCharset: charset)
    builder.notes += notes
    let (tree, treeNotes) = try HTMLTreeReader.read(page)
    builder.notes += treeNotes
    return tree
  }

  private func append(_ tree: HTMLTree, into builder: inout DocumentBuilder) -> String? {
    let before = builder.blockCount
    if scope == .mainContent {
      var writer = HTMLWriter(tree, HTMLContent(mainOf: tree))
      writer.write(into: &builder)
    }
    if builder.blockCount == before {
      var writer = HTMLWriter(tree, HTMLContent(visible: tree))
      writer.write(into: &builder)
    }
    if builder.blockCount == before {
      var writer = HTMLWriter(tree, HTMLContent(hiddenToo: tree))
      writer.write(into: &builder)
    }
    return HTMLTitle.title(of: tree)
  }

  /// Appends a scrap of HTML that stands in a text of another format.
  ///
  /// - Parameters:
  ///   - scrap: valid UTF-8.
  ///   - anchor: an `id` that points at what comes next; replaced by the one that is left over afterwards.
  func append(scrap: [UInt8], anchor: inout String?, into builder: inout DocumentBuilder) throws {
    let (tree, _) = try HTMLTreeReader.read(scrap)
    var writer = HTMLWriter(tree, HTMLContent(visible: tree))
    let given = anchor.map { Array($0.utf8)[...] }
    anchor = writer.write(into: &builder, anchor: given).map(\.string)
  }
}
