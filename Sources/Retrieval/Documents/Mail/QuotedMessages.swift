/// Messages that mail programs put whole below an answer, with some of their fields as lines above them: `From:`, `Sent:`,
/// `To:`, `Subject:`, in the words of the program's language.
enum QuotedMessages {
  struct Part: Equatable {
    /// Nil for the answer itself.
    var subject: String?
    /// The lines above a quoted message.
    var fields: ArraySlice<UInt8> = []
    var text: ArraySlice<UInt8>
  }

  /// The answer and the messages below it, in their order; the answer alone where there are none.
  static func parts(of text: [UInt8]) -> [Part] {
    let lines = TextLines(text)
    var parts: [Part] = []
    var part = Part(text: text[...])
    var start = 0
    var line = 0
    func end(_ last: Int) {
      part.text = last > start ? lines[start..<last] : []
      parts.append(part)
    }
    while line < lines.count {
      guard let (subject, fields) = fields(at: line, of: lines) else {
        line += 1
        continue
      }
      var last = line
      // "-----Original Message-----", or a rule.
      if let above = (start..<last).last(where: { !lines.isBlank($0) }), isDivider(lines[above]) {
        last = above
      }
      end(last)
      part = Part(subject: subject, fields: lines[fields], text: [])
      (start, line) = (fields.upperBound, fields.upperBound)
    }
    guard !parts.isEmpty else { return [part] }
    end(lines.count)
    return parts
  }

  private static let senders: Set<String> = ["from", "von", "de", "da", "van", "från", "fra", "od"]
  private static let dates: Set<String> = [
    "sent", "gesendet", "envoyé", "enviado", "inviato", "verzonden", "skickat", "sendt", "date", "datum",
    "fecha",
    "data", "dato", "enviado el",
  ]
  private static let subjects: Set<String> = [
    "subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "ämne", "emne", "assunto", "temat",
  ]
  /// Most lines of fields: long lists of recipients are folded.
  private static let mostLines = 12

  /// The subject and the lines of fields that begin at `line`, where they name a sender, a date and a subject.
  private static func fields(at line: Int, of lines: TextLines) -> (subject: String, lines: Range<Int>)? {
    guard let first = field(lines[line]), senders.contains(first.name) else { return nil }
    var hasDate = false
    var subject: String?
    var last = line
    for next in (line + 1)..<min(lines.count, line + mostLines) where next < lines.count {
      guard !lines.isBlank(next) else { break }
      guard let field = field(lines[next]) else { continue }
      if dates.contains(field.name) { hasDate = true }
      if subjects.contains(field.name) { subject = field.value }
      last = next
    }
    guard hasDate, let subject, !subject.isEmpty else { return nil }
    return (subject, line..<last + 1)
  }

  /// The name in small letters and the value of a line such as `*Sent:* Monday`.
  private static func field(_ line: ArraySlice<UInt8>) -> (name: String, value: String)? {
    guard line.count <= 1000, let colon = line.firstIndex(of: UInt8(ascii: ":")),
      colon - line.startIndex <= 20
    else { return nil }
    func plain(_ bytes: ArraySlice<UInt8>) -> String {
      Whitespace.collapsed(bytes.string.filter { $0 != "*" })
    }
    let name = plain(line[..<colon]).lowercased()
    return name.isEmpty ? nil : (name, plain(line[(colon + 1)...]))
  }

  private static func isDivider(_ line: ArraySlice<UInt8>) -> Bool {
    let line = line.trimmedSpace
    let signs = line.prefix { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    return signs.count >= 5 && line.count <= 80
  }
}
