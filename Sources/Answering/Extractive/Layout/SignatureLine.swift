/// A line on which a manual of functions says how one is called, above what it does: `flask.url_for(endpoint, *,
/// _anchor=None, …)`, `class flask.Blueprint(name, import_name, …)`.
enum SignatureLine {
  /// Words before the name that say what it is.
  private static let kinds: Set<String> = [
    "class", "exception", "async", "classmethod", "staticmethod", "static", "abstract", "property",
    "function",
    "method", "def", "final", "public", "const", "virtual",
  ]

  /// The name that is called, with what qualifies it; nil for any other line.
  static func name(of line: ArraySlice<UInt8>) -> String? {
    var rest = line.drop { $0 <= 0x20 }
    while let space = rest.firstIndex(of: 0x20),
      kinds.contains(String(decoding: rest[..<space], as: UTF8.self))
    {
      rest = rest[(space + 1)...]
    }
    let name = rest.prefix(while: isPart)
    guard let first = name.first, isLetter(first), rest.dropFirst(name.count).first == UInt8(ascii: "(")
    else {
      return nil
    }
    // What is returned may follow.
    let end = rest.lastIndex(of: UInt8(ascii: ")")).map { rest[($0 + 1)...].drop { $0 == 0x20 } }
    guard let end, end.isEmpty || end.starts(with: "->".utf8) || end.starts(with: "→".utf8) else {
      return nil
    }
    return String(decoding: name, as: UTF8.self)
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }
}
