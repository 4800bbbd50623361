/// Reads documents that are attached to messages.
struct MailAttachments: Sendable {
  /// What became of the attachments of a file.
  struct Count {
    fileprivate(set) var read = 0
    fileprivate(set) var bytes = 0
    fileprivate var missing: [String] = []

    /// Says which were left out.
    var note: String? {
      guard !missing.isEmpty else { return nil }
      let names = missing.prefix(5).joined(separator: ", ")
      let more = missing.count > 5 ? " and \(missing.count - 5) more" : ""
      return "\(missing.count) \(missing.count == 1 ? "attachment" : "attachments") left out: \(names)\(more)"
    }
  }

  let parsers: [DocumentFormat: any DocumentParser]
  let limits: DocumentLimits
  /// Most attachments of one file that are read: each may take a program's time.
  private static let most = 200

  /// Appends an attached document under its name, its headings below that.
  ///
  /// - Parameter level: the level of the message's own heading.
  func append(
    _ part: MailPart, below level: Int, into builder: inout DocumentBuilder, counted count: inout Count
  ) throws {
    guard let name = part.fileName, count.read < Self.most, let document = document(part.content, name: name)
    else {
      count.missing.append(part.fileName ?? part.type)
      return
    }
    count.read += 1
    count.bytes += document.text.utf8.count
    try DocumentLimits.check(count.bytes, limit: limits.documentBytes)
    builder.append(.heading(level: level + 1), name)
    let text = Array(document.text.utf8)
    for block in document.blocks {
      var kind = block.kind
      if case .heading(let own) = kind { kind = .heading(level: min(level + 1 + own, 6)) }
      let indent = text[..<block.range.lowerBound].reversed().prefix { $0 == .space }.count
      builder.append(kind, utf8: text[block.range], indent: block.kind == .listItem ? indent : 0)
    }
    builder.missing += document.missing.map { "\(name): \($0)" }
  }

  /// Nil for what is no document, cannot be read or holds no text.
  private func document(_ bytes: [UInt8], name: String) -> ParsedDocument? {
    guard !bytes.isEmpty, DocumentFormat(name: name) != nil,
      let format = try? FormatDetector(limits: limits).format(of: bytes, name: name),
      let parser = parsers[format],
      let document = try? parser.parse(bytes, name: name), !document.blocks.isEmpty
    else { return nil }
    return document
  }
}
