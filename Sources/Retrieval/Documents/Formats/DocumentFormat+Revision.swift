extension DocumentFormat {
  /// Raised with every change to a parser that gives other documents from the same bytes, so that files of the format
  /// are read again by the next run.
  private var revision: Int {
    switch self {
    case .mail: 6
    case .html, .plainText, .pdf, .markdown, .notebook: 5
    case .epub, .reStructuredText: 4
    case .docx, .openDocument, .xlsx: 3
    case .manualPage, .asciiDoc, .org, .latex, .pptx, .delimited, .rtf: 2
    case .archive, .json, .subtitles, .xml: 1
    }
  }

  /// Names the format's parser as it is in this version of the program.
  var parser: String { "\(rawValue):\(revision)" }
}
