import HTTPClient

/// Where the files of a folder stand on its website: the address that the folder has there, and what becomes of the
/// files' endings.
public struct SiteLinks: Sendable, Hashable, Codable {
  /// What a site makes of `guide/install.md`.
  public enum Style: String, Sendable, Codable, CaseIterable {
    /// `guide/install`: Docusaurus, VitePress, GitBook, and by a redirection most others.
    case plain
    /// `guide/install/`: MkDocs, Hugo, Sphinx's dirhtml.
    case folder
    /// `guide/install.html`: Sphinx, mdBook, Jekyll.
    case html
    /// `guide/install.md`: files that are served as they are, as in a repository's web view.
    case file
  }

  /// Ends with `/`.
  public let base: String
  public let style: Style

  /// Nil unless `base` is an http or https address without a query or a fragment.
  public init?(base: String, style: Style = .plain) {
    guard let url = WebURL(base), url.query == nil, url.fragment == nil else { return nil }
    let text = url.description
    self.base = text.hasSuffix("/") ? text : text + "/"
    self.style = style
  }

  /// The address of the file that has this path from the folder, in percent-encoding.
  ///
  /// Texts that sites make pages of lose their endings; an index, and a README in Markdown, becomes the folder's own
  /// page. Anything else, such as a PDF, is served as it is.
  public func address(of path: String) -> String {
    var parts = path.split(separator: "/").map(String.init)
    guard let name = parts.popLast() else { return base }
    let folder = base + parts.map { Self.encoded($0) + "/" }.joined()
    guard style != .file else { return folder + Self.encoded(name) }
    let (stem, ending) = Self.split(name)
    let isText = Self.texts.contains(ending)
    let isIndex =
      stem.lowercased() == "index" && (isText || Self.pages.contains(ending))
      || stem.lowercased() == "readme" && Self.markdown.contains(ending)
    if isIndex { return folder }
    guard isText else { return folder + Self.encoded(name) }
    return switch style {
    case .plain, .file: folder + Self.encoded(stem)
    case .folder: folder + Self.encoded(stem) + "/"
    case .html: folder + Self.encoded(stem) + ".html"
    }
  }

  private static let markdown: Set<String> = ["md", "mdx", "markdown", "mdown", "mkd", "qmd", "rmd"]
  private static let texts = markdown.union(["rst", "ipynb"])
  private static let pages: Set<String> = ["html", "htm", "xhtml"]

  private static func split(_ name: String) -> (stem: String, ending: String) {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return (name, "") }
    return (String(name[..<dot]), name[name.index(after: dot)...].lowercased())
  }

  /// What RFC 3986 lets stand in a segment of a path, and anything else as bytes.
  private static func encoded(_ segment: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in segment.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        bytes.append(byte)
      case _ where "-._~!$&'()*+,;=:@".utf8.contains(byte): bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
