/// What the words of a `class` or `id` attribute say about an element.
struct HTMLClassNames {
  private let names: [String]

  init(_ attribute: ArraySlice<UInt8>) {
    names = attribute.prefix(500).split(whereSeparator: \.isASCIISpace).map(\.lowercasedString)
  }

  /// A sign beside the text: a heading's permalink, the line numbers of code, text for screen readers only.
  func isMark(on tag: HTMLTag) -> Bool {
    switch tag {
    case .a, .span, .button, .sup: names.contains { Self.inlineMarks.contains($0) }
    case .td, .th, .pre, .div: names.contains { Self.lineNumbers.contains($0) }
    default: false
    }
  }

  /// A part of the page that is not its content, by the names that site generators and wikis use.
  var isBoilerplate: Bool {
    names.contains { name in
      Self.boilerplate.contains(name)
        || name.utf8.split(whereSeparator: { !$0.isASCIIAlphanumeric })
          .contains { Self.boilerplateWords.contains($0.string) }
    }
  }

  /// An aside that belongs to the text.
  var isAdmonition: Bool {
    names.contains { name in
      name.utf8.split(whereSeparator: { !$0.isASCIIAlphanumeric }).contains {
        Self.admonitions.contains($0.string)
      }
    }
  }

  /// A box that sets a note or a warning apart, by the names that documentation generators use.
  var isAdmonitionBox: Bool { names.contains(where: Self.admonitionBoxes.contains) }

  /// The title of such a box, or the cell with its sign.
  var isBoxTitle: Bool {
    names.contains { name in
      name == "icon" || ["title", "heading"].contains { name.contains($0) }
    }
  }

  /// The title of a sidebar that belongs to the text.
  var isSidebarTitle: Bool { names.contains(where: Self.sidebarTitles.contains) }

  func contains(_ name: String) -> Bool { names.contains(name) }

  private static let inlineMarks: Set<String> = [
    "headerlink", "hash-link", "heading-anchor", "header-anchor", "anchorjs-link", "permalink", "anchor-link",
    "linenos", "lineno", "line-number", "linenumber", "react-syntax-highlighter-line-number", "linenodiv",
    "copybtn", "copy-button", "sr-only", "visually-hidden", "screen-reader-text", "skip-link",
    "mw-editsection",
    "viewcode-link", "src-link", "boring",
  ]
  private static let lineNumbers: Set<String> = [
    "linenos", "linenodiv", "lineno", "gutter", "rouge-gutter", "gl", "blob-num", "hljs-ln-numbers",
    "lntd-ln",
    "line-numbers-wrapper", "sr-only", "visually-hidden", "screen-reader-text",
  ]
  private static let boilerplate: Set<String> = [
    "toctree-wrapper", "wy-nav-side", "rst-versions", "related", "sphinxsidebar", "sphinxsidebarwrapper",
    "table-of-contents", "tableofcontents", "on-this-page", "localtoc", "page-toc", "nav-wrapper",
    "nav-chapters",
    "nav-wide-wrapper", "edit-this-page", "theme-edit-this-page", "theme-doc-footer", "prev-next-area",
    "prev-next-bottom", "navbox", "noprint", "mw-jump-link", "skip-to-content", "skip-nav", "site-header",
    "site-footer", "page-footer", "footer-nav", "nav", "navheader", "navfooter", "global-nav", "gdpr",
  ]
  private static let boilerplateWords: Set<String> = [
    "sidebar", "breadcrumb", "breadcrumbs", "cookie", "cookies", "toc", "pagination", "paginator", "pager",
    "navbar", "navigation",
  ]
  private static let admonitionBoxes: Set<String> = [
    "admonition", "admonitionblock", "theme-admonition", "custom-block", "markdown-alert", "callout", "alert",
    "blockquote-tag", "note", "tip", "warning", "caution", "important", "danger", "hint", "attention",
  ]
  private static let sidebarTitles: Set<String> = ["title", "titlepage", "sidebar-title"]
  private static let admonitions: Set<String> = [
    "note", "warning", "tip", "caution", "danger", "info", "important", "admonition", "callout", "hint",
    "footnote",
  ]
}
