import Processes

/// Reads the text layer of PDF files through poppler's `pdftotext`, run as a child process with limits on time and
/// memory. It blocks the calling thread, for up to `DocumentLimits.pdfSeconds`: call it on one that may wait.
public struct PDFParser: DocumentParser {
  private let limits: DocumentLimits

  public init(limits: DocumentLimits = DocumentLimits()) { self.limits = limits }

  public func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    let program = try Self.program("pdftotext")
    let file = try TemporaryFile(bytes)
    var layout = PDFLayoutReader(limit: limits.documentBytes)
    let outcome = try ChildProcess(program: program, limits: processLimits).run(
      ["-tsv", "-enc", "UTF-8", "-", "-"], input: file
    ) { part in try layout.receive(part) }
    try check(outcome)
    layout.finish()

    let pages = layout.pages
    let blank = pages.filter { $0.lines.isEmpty }.count
    guard blank < pages.count else { throw Self.withoutText(pages: pages.count) }
    let title = try PDFProperties.title(of: file, limits: processLimits)
    var document = PDFAssembler(pages).document(title: title)
    if blank > 0 { document.missing.append("\(blank) of \(pages.count) pages have no text") }
    if let fault = Self.fault(outcome.errors) {
      document.missing.append("damaged, read as far as possible: \(fault)")
    }
    document.notes += document.missing
    return document
  }

  private var processLimits: ChildProcess.Limits {
    ChildProcess.Limits(
      processorSeconds: limits.pdfProcessorSeconds, seconds: limits.pdfSeconds,
      memoryBytes: limits.pdfMemoryBytes)
  }

  static func program(_ name: String) throws -> String {
    if let program = Launch.find(name) { return program }
    throw DocumentError(
      .missingTool,
      "Reading PDF needs the program '\(name)', which is not installed. Run 'apt install poppler-utils'.")
  }

  /// pdftotext(1): 1 is an error opening the file, 3 one of permissions. That a password is missing is known from
  /// its message alone, which is English in the C locale it runs in.
  private func check(_ outcome: ChildProcess.Outcome) throws {
    switch outcome.ending {
    case .exited(0): return
    case .exited(1) where outcome.errors.contains("Incorrect password"), .exited(3):
      throw DocumentError(
        .encrypted,
        "It is encrypted and needs a password. Decrypt it first: 'qpdf --decrypt --password-file=- in.pdf out.pdf', "
          + "which reads the password from standard input."
      )
    case .exited(let code):
      throw DocumentError(
        .damaged,
        "pdftotext cannot read it (exit \(code)\(Self.fault(outcome.errors).map { ": \($0)" } ?? "")). "
          + "Repair it with 'qpdf in.pdf out.pdf' or export it again.")
    case .deadline, .killed(signal: 9), .killed(signal: 24):
      throw DocumentError(
        .timedOut,
        "pdftotext did not finish within \(limits.pdfSeconds) s (\(limits.pdfProcessorSeconds) s of processor time). "
          + "Split the file, or print it to a new PDF.")
    case .killed(let signal):
      throw DocumentError(
        .damaged, "pdftotext crashed on it (signal \(signal)). Repair it with 'qpdf in.pdf out.pdf'.")
    }
  }

  private static func withoutText(pages: Int) -> DocumentError {
    DocumentError(
      .empty,
      "It has \(pages) \(pages == 1 ? "page" : "pages") and no text: pictures or a scan. Recognise the text first: "
        + "'ocrmypdf in.pdf out.pdf'.")
  }

  /// The first error that poppler reports, without its prefix.
  private static func fault(_ errors: String) -> String? {
    let prefix = "Syntax Error"
    return errors.split(whereSeparator: \.isNewline).first { $0.hasPrefix(prefix) }
      .map { line in String(line.drop { $0 != ":" }.dropFirst().drop(while: \.isWhitespace)) }
  }
}
