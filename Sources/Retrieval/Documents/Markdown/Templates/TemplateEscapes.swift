/// The marks that keep a template's tags from being understood where a page shows them as code.
enum TemplateEscapes {
  /// Code without `{% raw %}` and `{% endraw %}`, and with `{{</* name */>}}` as readers see it.
  static func removed(from code: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard mayContain(code) else { return code }
    var output: [UInt8] = []
    var index = code.startIndex
    while index < code.endIndex {
      let rest = code[index...]
      if rest.starts(with: "{%"), let length = rawTagLength(rest) {
        index += length
      } else if let (shown, length) = shortcodeMark(rest) {
        output.append(contentsOf: shown)
        index += length
      } else {
        output.append(code[index])
        index += 1
      }
    }
    return output[...]
  }

  /// What is shown of `{{</*` or `*/>}}` at the start, and how long that is; nil where neither stands.
  static func shortcodeMark(_ text: ArraySlice<UInt8>) -> (shown: ArraySlice<UInt8>, length: Int)? {
    if text.starts(with: "{{</*") || text.starts(with: "{{%/*") { return (text.prefix(3), 5) }
    if text.starts(with: "*/>}}") || text.starts(with: "*/%}}") { return (text.dropFirst(2).prefix(3), 5) }
    return nil
  }

  private static func mayContain(_ code: ArraySlice<UInt8>) -> Bool {
    zip(code, code.dropFirst()).contains {
      $0 == UInt8(ascii: "{") && $1 == UInt8(ascii: "%") || $0 == UInt8(ascii: "*") && $1 == UInt8(ascii: "/")
        || $0 == UInt8(ascii: "/") && $1 == UInt8(ascii: "*")
    }
  }

  /// The length of `{% raw %}` or `{% endraw %}` at the start; nil where neither stands.
  private static func rawTagLength(_ text: ArraySlice<UInt8>) -> Int? {
    let head = text.prefix(24)
    guard let close = head.firstIndex(of: UInt8(ascii: "}")), close > head.startIndex + 2,
      head[close - 1] == UInt8(ascii: "%")
    else { return nil }
    let word = head[(head.startIndex + 2)..<(close - 1)].filter {
      !$0.isASCIISpace && $0 != UInt8(ascii: "-")
    }
    guard word.elementsEqual("raw".utf8) || word.elementsEqual("endraw".utf8) else { return nil }
    return close + 1 - text.startIndex
  }
}
