/// Reads mail: one message (RFC 5322 with MIME) or a mailbox of many (RFC 4155). Each message is a section of its
/// subject, the lines that say who wrote to whom and when, and its text. Below it stand the attached documents, each
/// under its name; other attachments are left out with a note.
public struct MailParser: DocumentParser {
  private let attachments: MailAttachments
  private static let deepest = 20

  public init() { attachments = MailAttachments(parsers: [:], limits: DocumentLimits()) }

  /// - Parameter attachments: reads what is attached.
  init(attachments: MailAttachments) { self.attachments = attachments }

  public func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    var builder = DocumentBuilder()
    var attached = MailAttachments.Count()
    let messages = Self.messages(bytes)
    for message in messages {
      try append(MailPart(message[...]), into: &builder, attached: &attached, depth: 0)
    }
    if messages.count == 1 { builder.title = builder.firstHeading }
    if let note = attached.note { builder.missing.append(note) }
    var seen: Set<String> = []
    builder.notes = builder.notes.filter { seen.insert($0).inserted }
    return builder.build()
  }

  /// The messages of a mailbox, each begun by a line `From ` at its start or after a blank line.
  /// Where such a line of a message was written `>From `, its mark goes, one of several (mboxrd, mboxo).
  static func messages(_ bytes: [UInt8]) -> [[UInt8]] {
    let mark = Array("From ".utf8)
    guard bytes.starts(with: mark) else { return [bytes] }
    var messages: [[UInt8]] = []
    var message: [UInt8] = []
    var index = 0
    var isAfterBlank = true
    while index < bytes.count {
      let line = bytes[index...].prefix { $0 != .lineFeed }
      let next = min(line.endIndex + 1, bytes.count)
      if isAfterBlank, line.starts(with: mark) {
        if !message.isEmpty { messages.append(message) }
        message = []
      } else {
        let marks = line.prefix { $0 == UInt8(ascii: ">") }
        let isEscaped = !marks.isEmpty && line[marks.endIndex...].starts(with: mark)
        message += bytes[(isEscaped ? index + 1 : index)..<next]
      }
      isAfterBlank = line.isEmpty || line.elementsEqual([0x0D])
      index = next
    }
    if !message.isEmpty { messages.append(message) }
    return messages
  }

  private func append(
    _ message: MailPart, into builder: inout DocumentBuilder, attached: inout MailAttachments.Count,
    depth: Int
  ) throws {
    builder.append(.heading(level: min(1 + depth, 6)), message.fields["subject"] ?? "")
    let lines = ["From", "To", "Cc", "Date"].compactMap { name in
      message.fields[name.lowercased()].map { "\(name): \($0)" }
    }
    builder.append(.paragraph, lines.joined(separator: "\n"))
    try append(text: message, into: &builder, attached: &attached, depth: depth)
  }

  /// Appends a plain text: what is quoted as quotations, which keep their marks, so that nobody takes them for the words of
  /// the one who answers, and whole messages below it as sections of their own.
  private func append(plain text: [UInt8], into builder: inout DocumentBuilder, depth: Int) throws {
    let title = builder.title
    for message in QuotedMessages.parts(of: text) {
      if let subject = message.subject {
        builder.append(.heading(level: min(depth + 2, 6)), subject)
        builder.append(.paragraph, utf8: message.fields)
      }
      for part in QuotedLines.parts(of: Array(message.text)) {
        if part.isQuoted {
          builder.append(.quote, utf8: part.text)
        } else {
          try PlainTextParser().append(Array(part.text), into: &builder)
        }
      }
    }
    builder.title = title
  }

  private func append(
    text part: MailPart, into builder: inout DocumentBuilder, attached: inout MailAttachments.Count,
    depth: Int
  ) throws {
    // Nobody nests messages deeper; files made to do harm may.
    guard depth < Self.deepest else {
      let note = "what is nested in \(Self.deepest) parts of messages left out"
      if !builder.missing.contains(note) { builder.missing.append(note) }
      return
    }
    switch part.type {
    case "multipart/alternative":
      let parts = part.parts
      // The same in several formats: the plainest that says something.
      let plain = parts.first { $0.type == "text/plain" && !$0.content.isBlank }
      if let chosen = plain ?? parts.last(where: { $0.type.hasPrefix("text/") || !$0.parts.isEmpty }) {
        try append(text: chosen, into: &builder, attached: &attached, depth: depth + 1)
      }
    case _ where part.type.hasPrefix("multipart/"):
      for child in part.parts {
        try append(text: child, into: &builder, attached: &attached, depth: depth + 1)
      }
    case "message/rfc822":
      try append(MailPart(part.content[...]), into: &builder, attached: &attached, depth: depth + 1)
    case "text/plain" where !part.isAttachment:
      let decoded = try TextDecoding.decodeUTF8(part.content, declaredCharset: part.charset)
      builder.notes += decoded.notes
      try append(plain: decoded.utf8, into: &builder, depth: depth)
    case "text/html" where !part.isAttachment:
      try HTMLParser(scope: .wholePage).append(part.content, into: &builder, declaredCharset: part.charset)
    default:
      try attachments.append(part, below: min(1 + depth, 5), into: &builder, counted: &attached)
    }
  }
}
