/// The arguments of a template's tag: `"First" second key="value" other=word`.
struct TemplateArguments {
  private(set) var positional: [String] = []
  private(set) var named: [String: String] = [:]

  init(_ text: ArraySlice<UInt8>) {
    var rest = text
    while true {
      rest = rest.drop { $0.isASCIISpace || $0 == UInt8(ascii: ",") }
      guard !rest.isEmpty else { return }
      let key = rest.prefix { $0.isASCIIAlphanumeric || "_-".utf8.contains($0) }
      let after = rest[key.endIndex...].drop { $0 == .space }
      if !key.isEmpty, let sign = after.first, sign == UInt8(ascii: "=") || sign == UInt8(ascii: ":") {
        rest = after.dropFirst().drop { $0 == .space }
        named[key.lowercasedString] = Self.value(from: &rest)
      } else {
        let value = Self.value(from: &rest)
        if !value.isEmpty { positional.append(value) }
      }
    }
  }

  /// The value of the first of `keys` that has one with words in it.
  func first(_ keys: [String]) -> String? {
    for key in keys {
      if let value = named[key], value.utf8.contains(where: { !$0.isASCIISpace }) { return value }
    }
    return nil
  }

  private static func value(from rest: inout ArraySlice<UInt8>) -> String {
    guard let quote = rest.first, "\"'`".utf8.contains(quote) else {
      let word = rest.prefix { !$0.isASCIISpace }
      rest = rest[word.endIndex...]
      return word.string
    }
    var value: [UInt8] = []
    var index = rest.startIndex + 1
    while index < rest.endIndex, rest[index] != quote {
      if rest[index] == UInt8(ascii: "\\"), index + 1 < rest.endIndex { index += 1 }
      value.append(rest[index] == .lineFeed ? .space : rest[index])
      index += 1
    }
    rest = rest[min(index + 1, rest.endIndex)...]
    return value.string
  }
}
