extension DocumentFormat {
  /// Raised with every change to a parser that gives other documents from the same bytes, so that files of the format
  /// are read again by the next run.
  private var revision: Int {
    switch self {
    case .mail: 7
    case .html, .plainText, .pdf, .markdown, .notebook: 5
    case .epub, .reStructuredText, .docx, .openDocument, .xlsx: 4
    case .pptx: 3
    case .manualPage, .asciiDoc, .org, .latex, .delimited, .rtf, .xml: 2
    case .archive, .json, .subtitles: 1
    }
  }

  /// Names the format's parser as it is in this version of the program.
  var parser: String { "\(rawValue):\(revision)" }
}
