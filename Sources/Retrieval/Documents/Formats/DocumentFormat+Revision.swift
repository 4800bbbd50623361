extension DocumentFormat {
  /// Raised with every change to a parser that gives other documents from the same bytes, so that files of the format
  /// are read again by the next run.
  private var revision: Int {
    switch self {
    case .mail, .html, .plainText: 4
    case .epub: 3
    case .reStructuredText: 2
    case .markdown, .notebook, .docx, .pdf, .xlsx, .pptx, .openDocument, .rtf,
      .manualPage, .delimited, .archive, .asciiDoc, .org, .json, .subtitles, .latex:
      1
    }
  }

  /// Names the format's parser as it is in this version of the program.
  var parser: String { "\(rawValue):\(revision)" }
}
