/// Reads `head; name=token; name="quoted \" text"`, the shape of Content-Type and Content-Disposition.
struct ParameterScanner {
  private var rest: Substring

  init(_ text: String) {
    rest = text[...]
  }

  /// What stands before the first semicolon, trimmed.
  mutating func readHead() -> String {
    let end = rest.firstIndex(of: ";") ?? rest.endIndex
    let head = ASCII.trimmed(rest[..<end])
    rest = rest[end...]
    return String(head)
  }

  /// Parameters by lower-case name, the first of several. Reading stops at the first malformed one.
  mutating func readParameters() -> [String: String] {
    var parameters: [String: String] = [:]
    while rest.first == ";" {
      rest = ASCII.trimmed(rest.dropFirst())
      let nameEnd = rest.firstIndex { $0 == "=" || $0 == ";" } ?? rest.endIndex
      let name = ASCII.trimmed(rest[..<nameEnd]).lowercased()
      rest = rest[nameEnd...]
      if rest.first != "=" {
        if name.isEmpty { continue }
        break
      }
      rest = ASCII.trimmed(rest.dropFirst())
      guard ASCII.isToken(name), let value = readValue() else { break }
      if parameters[name] == nil { parameters[name] = value }
      rest = ASCII.trimmed(rest)
    }
    return parameters
  }

  private mutating func readValue() -> String? {
    guard rest.first == "\"" else {
      let end = rest.firstIndex(of: ";") ?? rest.endIndex
      defer { rest = rest[end...] }
      return String(ASCII.trimmed(rest[..<end]))
    }
    rest = rest.dropFirst()
    var value = ""
    while let character = rest.popFirst() {
      if character == "\"" { return value }
      // Browsers escape only the quote, and send a Windows path's backslashes as they are.
      if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
        value.append(next)
        rest = rest.dropFirst()
      } else {
        value.append(character)
      }
    }
    return nil
  }
}
