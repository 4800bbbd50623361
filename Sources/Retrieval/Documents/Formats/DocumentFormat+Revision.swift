extension DocumentFormat {
  /// Raised with every change to a parser that gives other documents from the same bytes, so that files of the format
  /// are read again by the next run.
  private var revision: Int {
    switch self {
    case .mail, .html, .plainText: 5
    case .epub, .pdf, .reStructuredText, .markdown, .notebook: 4
    case .docx, .openDocument, .manualPage, .asciiDoc, .org, .latex: 2
    case .xlsx, .pptx, .rtf, .delimited, .archive, .json, .subtitles: 1
    }
  }

  /// Names the format's parser as it is in this version of the program.
  var parser: String { "\(rawValue):\(revision)" }
}
