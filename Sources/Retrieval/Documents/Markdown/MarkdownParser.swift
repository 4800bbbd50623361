/// Reads Markdown as GitHub and the common site generators understand it, and MDX.
public struct MarkdownParser: DocumentParser {
  public init() {}

  /// - Parameter name: a name that ends in `.mdx` makes the text MDX.
  /// - Throws: `DocumentError`, `.redirect` for a text that has only places of other files.
  public func parse(_ bytes: [UInt8], name: String = "") throws -> ParsedDocument {
    let (text, notes) = try TextDecoding.decodeUTF8(bytes)
    guard text.count <= MarkdownTree.maximumSize else {
      throw DocumentError(
        .tooLarge, "this Markdown text is larger than 512 MiB. Split it into several files.")
    }
    var builder = DocumentBuilder()
    builder.notes = notes
    let isMDX = name.utf8.suffix(4).elementsEqual(".mdx".utf8, by: { $0.asciiLowercased == $1 })
    let matter = FrontMatter(of: text)
    let body = matter.map { Array(text[$0.end...]) } ?? text
    var slugs = HeadingSlugs()
    try append(body, isMDX: isMDX, frontMatter: matter, slugs: &slugs, into: &builder)
    builder.title = matter?.title ?? builder.firstHeading
    // A page that only puts another file in is none itself.
    if builder.isEmpty, SiteLines.putsFileIn(body) {
      throw DocumentError(.redirect, "It only puts other files in its place. Add those.")
    }
    return builder.build()
  }

  /// Appends a Markdown text (valid UTF-8) to a document of several parts.
  ///
  /// - Parameters:
  ///   - frontMatter: its description becomes the first paragraph, and its title a heading where the text has
  ///     no heading of level 1.
  ///   - slugs: the anchors of the document so far.
  ///   - depth: directives that the text lies in.
  func append(
    _ text: [UInt8], isMDX: Bool = false, frontMatter: FrontMatter? = nil, slugs: inout HeadingSlugs,
    depth: Int = 0, into builder: inout DocumentBuilder
  ) throws {
    var source = isMDX || MDXFilter.looksLikeMDX(text) ? MDXFilter.markdown(of: text) : text
    source = TemplateFilter.markdown(of: source, isGenerated: frontMatter != nil)
    source = MarkdownGuard.defused(MarkdownMath.protected(MarkdownAdmonitions.plain(SiteLines.plain(source))))
    guard let tree = MarkdownTree(source) else {
      throw DocumentError(.tooLarge, "there is not enough memory to read this Markdown text. Split it.")
    }
    if let title = frontMatter?.title, !tree.hasTopHeading { builder.append(.heading(level: 1), title) }
    if let description = frontMatter?.description { builder.append(.paragraph, description) }
    var writer = MarkdownWriter(slugs: slugs, depth: depth, closed: ClosedElements(source))
    slugs = try writer.write(tree, into: &builder)
  }
}
