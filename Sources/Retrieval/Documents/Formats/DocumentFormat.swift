/// The formats that documents are read from.
public enum DocumentFormat: String, Sendable, CaseIterable {
  case markdown, html, plainText, reStructuredText, notebook, epub, docx, pdf
  /// AsciiDoc, and the outlines of Emacs's Org mode.
  case asciiDoc, org
  /// Excel's and PowerPoint's, and the texts, sheets and presentations of OpenDocument.
  case xlsx, pptx, openDocument
  /// Rich Text Format.
  case rtf
  /// A manual page in the macros of man(7) or mdoc(7).
  case manualPage
  /// Tables in plain text.
  case delimited
  /// Data, and what chats export.
  case json
  /// SubRip's or WebVTT's.
  case subtitles
  case latex
  /// Documents in XML: DocBook, Mallard, DITA, JATS, TEI, FictionBook, RSS and Atom.
  case xml
  /// One message, or a mailbox of many.
  case mail
  /// A zip archive of documents.
  case archive

  /// Whether files of the format are zip archives.
  var isPackage: Bool { [.epub, .docx, .xlsx, .pptx, .openDocument].contains(self) }

  /// Whether people say what such a document is by the name of its file, where it has no title.
  var isNamedByFile: Bool {
    switch self {
    case .docx, .xlsx, .pptx, .openDocument, .delimited, .rtf: true
    default: false
    }
  }

  /// The format that a file's extension names; nil where the extension says nothing.
  ///
  /// - Parameter name: a file name or a path.
  public init?(name: String) {
    let fileExtension = FileName.pathExtension(FileName.withoutCopyExtension(name))
    switch fileExtension {
    case "md", "markdown", "mdx", "mdown", "mkd", "qmd", "rmd": self = .markdown
    case "html", "htm", "xhtml": self = .html
    case "rst": self = .reStructuredText
    case "adoc", "asciidoc", "asc": self = .asciiDoc
    case "org": self = .org
    case "ipynb": self = .notebook
    case "epub": self = .epub
    case "docx": self = .docx
    case "pdf": self = .pdf
    case "xlsx", "xlsm", "xltx": self = .xlsx
    case "pptx", "pptm", "ppsx", "potx": self = .pptx
    case "odt", "ods", "odp", "ott": self = .openDocument
    case "rtf": self = .rtf
    case "csv", "tsv": self = .delimited
    case "json": self = .json
    case "srt", "vtt": self = .subtitles
    case "tex": self = .latex
    case "docbook", "dbk", "dita", "nxml", "tei", "fb2", "rss", "atom": self = .xml
    case "eml", "mbox": self = .mail
    case "zip": self = .archive
    default:
      guard Self.text.contains(fileExtension) || SourceCode.isCode(name: name) else { return nil }
      self = .plainText
    }
  }

  private static let text: Set<String> = [
    "bib", "jsonl", "log", "text", "txt", "typ", "xml",
  ]
}
