import FoundationEssentials

/// A message or a part of one: header fields and a body (RFC 5322, RFC 2045).
struct MailPart {
  /// The first field of each name, in lower case, unfolded and decoded.
  private(set) var fields: [String: String] = [:]
  private let body: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    var lines: [[UInt8]] = []
    while !rest.isEmpty {
      let line = rest.prefix { $0 != .lineFeed }
      rest = rest[line.endIndex...].dropFirst()
      let text = line.last == 0x0D ? line.dropLast() : line
      guard let first = text.first else { break }
      if first == .space || first == 0x09, !lines.isEmpty {
        lines[lines.count - 1] += text
      } else {
        lines.append(Array(text))
      }
    }
    body = rest
    for line in lines {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let name = line[..<colon].string.lowercased()
      guard fields[name] == nil else { continue }
      // Fields are ASCII; programs write UTF-8 too.
      let value = (try? TextDecoding.decode(Array(line[(colon + 1)...])).text) ?? ""
      fields[name] = Whitespace.collapsed(EncodedWords.decoded(value))
    }
  }

  /// Such as `text/plain`, in lower case.
  var type: String {
    let type = (fields["content-type"] ?? "text/plain").prefix { $0 != ";" }
    return Whitespace.collapsed(String(type)).lowercased()
  }

  var isAttachment: Bool { fields["content-disposition"]?.lowercased().hasPrefix("attachment") == true }

  /// The name of the file that the part is.
  var fileName: String? {
    parameter("filename", of: "content-disposition") ?? parameter("name", of: "content-type")
  }

  var charset: String? { parameter("charset", of: "content-type") }

  /// The body without its transfer encoding.
  var content: [UInt8] {
    switch fields["content-transfer-encoding"]?.lowercased() {
    case "base64":
      return Data(base64Encoded: Data(body), options: .ignoreUnknownCharacters).map { Array($0) } ?? []
    case "quoted-printable": return QuotedPrintable.decoded(body)
    default: return Array(body)
    }
  }

  /// The parts of a multipart body, a thousand at most; none for other types.
  var parts: [MailPart] {
    guard type.hasPrefix("multipart/"), let boundary = parameter("boundary", of: "content-type"),
      !boundary.isEmpty
    else { return [] }
    let mark = Array("--\(boundary)".utf8)
    var parts: [MailPart] = []
    var start: Int?
    var index = body.startIndex
    while index < body.endIndex, parts.count < 1000 {
      let line = body[index...].prefix { $0 != .lineFeed }
      // What follows may be white space alone, or else it is another boundary that begins like this one.
      let rest = line.starts(with: mark) ? line.dropFirst(mark.count).trimmedSpace : nil
      if let rest, rest.isEmpty || rest.elementsEqual("--".utf8) {
        if let start { parts.append(MailPart(body[start..<index])) }
        start = min(line.endIndex + 1, body.endIndex)
        if !rest.isEmpty { return parts }
      }
      index = line.endIndex + 1
    }
    // What was cut off still has its beginning.
    if let start, start < body.endIndex { parts.append(MailPart(body[start...])) }
    return parts
  }

  /// A parameter such as `charset="utf-8"`.
  private func parameter(_ name: String, of field: String) -> String? {
    fields[field].flatMap { MailParameters($0)[name] }
  }
}
