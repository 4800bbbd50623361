/// Reads EPUB 2 and 3: chapters in reading order, each with its file as anchor (`text/ch1.xhtml#id`, relative to
/// the package document).
public struct EPUBParser: DocumentParser {
  private let limits: DocumentLimits
  private let html = HTMLParser(scope: .wholePage)

  public init(limits: DocumentLimits = DocumentLimits()) { self.limits = limits }

  public func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    let parts = try ArchiveParts(bytes, limits: limits) { path in
      path.hasPrefix("META-INF/") || !Self.media.contains(FileName.pathExtension(path))
    }
    try EPUBProtection.check(parts["META-INF/encryption.xml"])
    let package = try EPUBPackage(parts)
    let contents = EPUBNavigation(package, parts)

    var builder = DocumentBuilder()
    builder.title = package.title
    if let creators = package.creators { builder.notes.append("by \(creators)") }
    if let language = package.language { builder.notes.append("language \(language)") }
    for chapter in package.chapters {
      let content = try parts.required(chapter.path, is: "a chapter of its reading order")
      var single = DocumentBuilder()
      single.page = builder.page
      try html.append(content, into: &single)
      append(single.build(), of: chapter, contents: contents, to: &builder)
      builder.page = single.page
    }
    return builder.build()
  }

  private func append(
    _ parsed: ParsedDocument, of chapter: EPUBPackage.Chapter, contents: EPUBNavigation,
    to builder: inout DocumentBuilder
  ) {
    builder.notes += parsed.notes.filter { !builder.notes.contains($0) }
    let hasHeading = parsed.blocks.contains { if case .heading = $0.kind { true } else { false } }
    if !hasHeading, !parsed.blocks.isEmpty, let entry = contents.entry(for: chapter.path) {
      builder.append(.heading(level: entry.level), entry.title, anchor: chapter.link)
    }
    let text = parsed.text.utf8
    var end = text.startIndex
    var offset = 0
    for block in parsed.blocks {
      let start = text.index(end, offsetBy: block.range.lowerBound - offset)
      let indent = text[end..<start].reversed().prefix { $0 == UInt8(ascii: " ") }.count
      end = text.index(start, offsetBy: block.range.count)
      offset = block.range.upperBound
      builder.page = block.page
      let anchor = block.anchor.map { "\(chapter.link)#\($0)" } ?? chapter.link
      builder.append(block.kind, parsed.text[start..<end], anchor: anchor, indent: indent)
    }
  }

  private static let media: Set<String> = [
    "jpg", "jpeg", "png", "gif", "svg", "webp", "ttf", "otf", "woff", "woff2", "mp3", "mp4", "m4a", "webm",
    "ogg",
    "css", "js",
  ]
}
