import Processes

/// The properties of a PDF file, as `pdfinfo` prints them.
enum PDFProperties {
  /// The title, unless it is a file's name or a program's default. A file whose properties cannot be read has
  /// none; its text was read already.
  static func title(of file: TemporaryFile, limits: ChildProcess.Limits) throws -> String? {
    guard let program = Launch.find("pdfinfo") else { return nil }
    var output: [UInt8] = []
    let outcome = try ChildProcess(program: program, limits: limits).run(
      ["-enc", "UTF-8", "-"], input: file
    ) { part in output.append(contentsOf: part.prefix(max(0, 1 << 16 - output.count))) }
    guard outcome.ending == .exited(0) else { return nil }
    let lines = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline)
    let title = lines.first { $0.hasPrefix("Title:") }?.dropFirst(6)
    return title.flatMap { sensible(String($0)) }
  }

  /// `title` if it names a document rather than a file or nothing.
  static func sensible(_ title: String) -> String? {
    var title = Whitespace.collapsed(title)
    for prefix in ["Microsoft Word - ", "Microsoft PowerPoint - "] where title.hasPrefix(prefix) {
      title.removeFirst(prefix.count)
    }
    let lowered = title.lowercased().filter { !"()[]<>".contains($0) }
    let endings: Set<String> = [
      "doc", "docx", "dvi", "indd", "odt", "pdf", "ppt", "pptx", "ps", "qxd", "rtf", "tex", "txt", "xls",
      "xlsx",
    ]
    let isFile =
      endings.contains(FileName.pathExtension(title)) || (title.hasPrefix("/") && !title.contains(" "))
    let isDefault =
      ["untitled", "title", "document", "none", "no title", "unknown", "anonymous", "unspecified", "null"]
      .contains(lowered)
      || lowered.hasPrefix("untitled") || lowered.hasPrefix("document1") || lowered.hasPrefix("slide 1")
    guard !isFile, !isDefault, title.filter(\.isLetter).count >= 3, title.count <= 300 else { return nil }
    return Ligatures.opened(title)
  }
}
