/// The formats that documents are read from.
public enum DocumentFormat: String, Sendable, CaseIterable {
  case markdown, html, plainText, reStructuredText, notebook, epub, docx, pdf
  /// A zip archive of documents.
  case archive

  /// The format that a file's extension names; nil where the extension says nothing.
  ///
  /// - Parameter name: a file name or a path.
  public init?(name: String) {
    let fileExtension = FileName.pathExtension(name)
    switch fileExtension {
    case "md", "markdown", "mdx", "mdown", "mkd": self = .markdown
    case "html", "htm", "xhtml": self = .html
    case "rst": self = .reStructuredText
    case "ipynb": self = .notebook
    case "epub": self = .epub
    case "docx": self = .docx
    case "pdf": self = .pdf
    case "zip": self = .archive
    default:
      guard Self.text.contains(fileExtension) || SourceCode.isCode(name: name) else { return nil }
      self = .plainText
    }
  }

  private static let text: Set<String> = [
    "adoc", "asciidoc", "bib", "csv", "jsonl", "log", "org", "tex", "text", "tsv", "txt", "typ", "xml",
  ]
}
