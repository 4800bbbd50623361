/// The parameters of a header field such as `attachment; filename="beds.md"` (RFC 2045, section 5.1), those that are
/// divided or encoded put together (RFC 2231): `filename*0*=utf-8''B%C3%A4ume; filename*1=.md`.
struct MailParameters {
  private struct Piece {
    var value: String
    /// In percent signs, the first with the charset and the language before it.
    var isEncoded: Bool
  }

  private var plain: [String: String] = [:]
  private var divided: [String: [Int: Piece]] = [:]

  /// - Parameter field: its value, unfolded.
  init(_ field: String) {
    for (parameter, isQuoted) in Self.parameters(field).dropFirst() {
      guard let equals = parameter.firstIndex(of: "=") else { continue }
      let written = String(parameter[parameter.index(after: equals)...])
      let value = Whitespace.collapsed(written)
      let name = Whitespace.collapsed(String(parameter[..<equals])).lowercased()
      guard let star = name.firstIndex(of: "*") else {
        if plain[name] == nil { plain[name] = value }
        continue
      }
      let isEncoded = name.hasSuffix("*")
      let number = name[name.index(after: star)...].prefix { $0 != "*" }
      guard let index = number.isEmpty ? 0 : Int(number) else { continue }
      let base = String(name[..<star])
      if divided[base]?[index] == nil {
        divided[base, default: [:]][index] = Piece(value: isQuoted ? written : value, isEncoded: isEncoded)
      }
    }
  }

  /// - Parameter name: in lower case. What programs write for others that do not know RFC 2231 comes second.
  subscript(name: String) -> String? {
    guard let pieces = divided[name], pieces[0] != nil else { return plain[name] }
    var charset: String?
    var bytes: [UInt8] = []
    var index = 0
    while let piece = pieces[index] {
      var value = piece.value[...]
      if index == 0, piece.isEncoded {
        let marks = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        if marks.count == 3 { (charset, value) = (String(marks[0]), marks[2]) }
      }
      bytes += piece.isEncoded ? Self.decoded(value) : Array(value.utf8)
      index += 1
    }
    let label = charset.flatMap { $0.isEmpty ? nil : $0 }
    return (try? TextDecoding.decode(bytes, declaredCharset: label).text).map(Whitespace.collapsed)
  }

  /// A field's value and its parameters, without quotation marks, and whether they had any.
  private static func parameters(_ field: String) -> [(text: String, isQuoted: Bool)] {
    var pieces = [(text: "", isQuoted: false)]
    var (isQuoted, isEscaped) = (false, false)
    for character in field {
      if isEscaped {
        pieces[pieces.count - 1].text.append(character)
        isEscaped = false
      } else if character == "\\", isQuoted {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
        pieces[pieces.count - 1].isQuoted = true
      } else if character == ";", !isQuoted {
        pieces.append(("", false))
      } else {
        pieces[pieces.count - 1].text.append(character)
      }
    }
    return pieces
  }

  private static func decoded(_ text: Substring) -> [UInt8] {
    var rest = Array(text.utf8)[...]
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count > 1, let value = UInt8(rest.prefix(2).string, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}
