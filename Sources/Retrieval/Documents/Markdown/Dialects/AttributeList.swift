/// A list of attributes in braces that kramdown, Python-Markdown and Pandoc put behind or below what it is for:
/// `{: .note #id}`, `{ .md-button }`, `{width=50%}`.
struct AttributeList {
  private(set) var id: String?
  private(set) var classes: [String] = []
  private(set) var hasValue = false
  /// Words without a sign before them: `{:toc}`.
  private(set) var names: [String] = []
  let hasColon: Bool
  /// The offset after the closing brace.
  let end: Int

  /// The list that begins with the brace at the start of `text`; nil where none does.
  init?(_ text: ArraySlice<UInt8>) {
    let head = text.prefix(300)
    guard head.first == UInt8(ascii: "{"), let close = head.firstIndex(of: UInt8(ascii: "}")) else {
      return nil
    }
    var rest = head[(head.startIndex + 1)..<close]
    hasColon = rest.first == UInt8(ascii: ":")
    if hasColon { rest = rest.dropFirst() }
    end = close + 1
    rest = rest.drop { $0.isASCIISpace }
    // Pandoc's headings without a number.
    if rest.elementsEqual("-".utf8) {
      classes = ["unnumbered"]
      rest = []
    }
    while let sign = rest.first {
      // Pandoc marks raw text of a format by `{=html}`.
      let isRaw = sign == UInt8(ascii: "=") && classes.isEmpty && id == nil
      let isSigned = sign == UInt8(ascii: ".") || sign == UInt8(ascii: "#") || isRaw
      let word = (isSigned ? rest.dropFirst() : rest).prefix {
        $0.isASCIIAlphanumeric || $0 >= 0x80 || "_-".utf8.contains($0) || isSigned && ":.".utf8.contains($0)
      }
      guard let first = word.first, !first.isASCIIDigit || sign == UInt8(ascii: "#") else { return nil }
      rest = rest[word.endIndex...]
      if sign == UInt8(ascii: ".") || isRaw {
        classes.append(word.string)
      } else if sign == UInt8(ascii: "#") {
        id = word.string
      } else if rest.first == UInt8(ascii: "="), let value = Self.lengthOfValue(rest.dropFirst()) {
        // With one letter it is a formula or code: `{x=1}`.
        guard word.count > 1 else { return nil }
        hasValue = true
        rest = rest.dropFirst(1 + value)
      } else {
        names.append(word.string)
      }
      guard rest.first?.isASCIISpace != false || "#.".utf8.contains(rest.first ?? 0) else { return nil }
      rest = rest.drop { $0.isASCIISpace }
    }
    guard id != nil || hasValue || !classes.isEmpty || !names.isEmpty && hasColon else { return nil }
    if !hasColon, !names.isEmpty { return nil }
  }

  private static func lengthOfValue(_ text: ArraySlice<UInt8>) -> Int? {
    guard let quote = text.first, "\"'".utf8.contains(quote) else {
      let count = text.prefix { !$0.isASCIISpace }.count
      return count > 0 ? count : nil
    }
    guard let close = text.dropFirst().firstIndex(of: quote) else { return nil }
    return close + 1 - text.startIndex
  }
}
