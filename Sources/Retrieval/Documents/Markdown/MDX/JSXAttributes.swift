/// The attributes of a JSX tag whose values are plain text: `title="Words"`, `title={'Words'}`; those without a value are empty.
struct JSXAttributes {
  private(set) var values: [String: String] = [:]

  /// - Parameter text: what stands between the tag's name and its end.
  init(_ text: ArraySlice<UInt8>) {
    var rest = text
    while let byte = rest.first {
      guard byte.isASCIILetter else {
        // Values are passed over, so that nothing in them is taken for a name.
        rest = rest.dropFirst(
          byte == UInt8(ascii: "{") ? Self.lengthOfCode(rest) : Self.lengthOfQuoted(rest) ?? 1)
        continue
      }
      let name = rest.prefix { $0.isASCIIAlphanumeric || "-_:".utf8.contains($0) }
      rest = rest[name.endIndex...]
      guard rest.first == UInt8(ascii: "=") else {
        if values[name.string] == nil { values[name.string] = "" }
        continue
      }
      rest = rest.dropFirst()
      if let length = Self.lengthOfQuoted(rest) {
        values[name.string] = rest.dropFirst().prefix(length - 2).string
        rest = rest.dropFirst(length)
      } else if rest.first == UInt8(ascii: "{") {
        let length = Self.lengthOfCode(rest)
        if let literal = Self.literal(rest.dropFirst().prefix(length - 2)) {
          values[name.string] = literal.string
        }
        rest = rest.dropFirst(length)
      }
    }
  }

  /// The value of the first of `keys` that has words.
  func first(_ keys: [String]) -> String? {
    for key in keys {
      if let value = values[key], value.utf8.contains(where: { !$0.isASCIISpace }) { return value }
    }
    return nil
  }

  /// What a string in JavaScript code holds that is nothing else; nil for other code.
  static func literal(_ code: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let words = code.trimmedSpace
    guard let quote = words.first, "\"'`".utf8.contains(quote), words.count > 1, words.last == quote else {
      return nil
    }
    let inner = words.dropFirst().dropLast()
    guard !inner.contains(quote), !(quote == UInt8(ascii: "`") && inner.contains(UInt8(ascii: "$"))) else {
      return nil
    }
    return inner
  }

  private static func lengthOfQuoted(_ text: ArraySlice<UInt8>) -> Int? {
    guard let quote = text.first, "\"'".utf8.contains(quote),
      let close = text.dropFirst().firstIndex(of: quote)
    else { return nil }
    return close + 1 - text.startIndex
  }

  /// The length of code in braces, at most all of `text`.
  private static func lengthOfCode(_ text: ArraySlice<UInt8>) -> Int {
    var depth = 0
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "{") { depth += 1 }
      if text[index] == UInt8(ascii: "}") { depth -= 1 }
      index += 1
      if depth == 0 { break }
    }
    return index - text.startIndex
  }
}
