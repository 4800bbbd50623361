/// The first line of a list item, field or command-line option.
struct RSTListItem {
  /// What the item's text begins with.
  var marker = ""
  /// Columns from the marker to the text.
  var width = 0
  var rest: ArraySlice<UInt8> = []
  /// `#.`, numbered by its place.
  var isAutomatic = false
  var isField = false
  /// A field that speaks to Sphinx and not to readers.
  var isMetadata = false

  /// Nil if the line is none of these.
  ///
  /// - Parameters:
  ///   - next: the following line, which tells `A. Einstein` from a list.
  ///   - indent: where the line stands.
  init?(_ line: ArraySlice<UInt8>, next: RSTLine?, at indent: Int) {
    guard let first = line.first else { return nil }
    if readBullet(line) || readNumber(line, next: next, at: indent) { return }
    if first == UInt8(ascii: ":"), readField(line) { return }
    if first == UInt8(ascii: "-") || first == UInt8(ascii: "/"), readOption(line, next: next, at: indent) {
      return
    }
    return nil
  }

  private mutating func readBullet(_ line: ArraySlice<UInt8>) -> Bool {
    let length: Int
    if let first = line.first, "*+-".utf8.contains(first) {
      length = 1
    } else if line.starts(with: "•") || line.starts(with: "‣") || line.starts(with: "⁃") {
      length = 3
    } else {
      return false
    }
    let after = line.dropFirst(length)
    guard after.isEmpty || after.first == .space else { return false }
    rest = after.drop { $0 == .space }
    width = (length == 3 ? 1 : length) + (after.count - rest.count)
    marker = "- "
    return true
  }

  /// `1.`, `a)`, `(iv)`, `#.`
  private mutating func readNumber(_ line: ArraySlice<UInt8>, next: RSTLine?, at indent: Int) -> Bool {
    let opens = line.first == UInt8(ascii: "(")
    let body = opens ? line.dropFirst() : line
    let name = body.prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "#") }
    let after = body[name.endIndex...]
    guard !name.isEmpty, name.count <= 5, let delimiter = after.first,
      delimiter == UInt8(ascii: ")") || (delimiter == UInt8(ascii: ".") && !opens)
    else { return false }
    let isDigits = name.allSatisfy(\.isASCIIDigit)
    let isHash = name.elementsEqual("#".utf8)
    guard isDigits || isHash || name.count == 1 || name.allSatisfy({ "ivxlcIVXLC".utf8.contains($0) }) else {
      return false
    }
    let text = after.dropFirst()
    guard text.isEmpty || text.first == .space else { return false }
    rest = text.drop { $0 == .space }
    width = line.count - rest.count
    // A second line at the margin that is no item makes the whole a paragraph.
    if let next, !next.isBlank, next.indent == indent, !isHash, !rest.isEmpty {
      let start = next.content.prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "(") }
      guard let sign = next.content[start.endIndex...].first, ".)".utf8.contains(sign), start.count <= 6
      else {
        return false
      }
    }
    isAutomatic = isHash
    marker = (opens ? "(" : "") + name.string + (delimiter == UInt8(ascii: ".") ? ". " : ") ")
    return true
  }

  private static let metadata: Set<String> = [
    "orphan", "tocdepth", "nocomments", "nosearch", "no-search", "og:image",
  ]

  /// `:name: text`.
  private mutating func readField(_ line: ArraySlice<UInt8>) -> Bool {
    let body = line.dropFirst()
    guard
      let close = body.indices.first(where: {
        body[$0] == UInt8(ascii: ":") && ($0 + 1 == body.endIndex || body[$0 + 1] == .space)
      }), close > body.startIndex, body.first != .space, !body[..<close].contains(UInt8(ascii: "`"))
    else { return false }
    let name = body[..<close]
    rest = body[(close + 1)...].drop { $0 == .space }
    width = 1
    marker = RSTInline.plain(name).string + ": "
    isField = true
    isMetadata = Self.metadata.contains(name.lowercasedString)
    return true
  }

  /// `-o FILE, --output=FILE  text`.
  private mutating func readOption(_ line: ArraySlice<UInt8>, next: RSTLine?, at indent: Int) -> Bool {
    let name = line.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") }
    guard let first = name.first, first.isASCIIAlphanumeric, line.count - name.count <= 2 else {
      return false
    }
    if let gap = line.indices.dropLast().first(where: { line[$0] == .space && line[$0 + 1] == .space }) {
      marker = line[..<gap].string + "  "
      rest = line[gap...].drop { $0 == .space }
    } else {
      guard let next, !next.isBlank, next.indent > indent, line.split(separator: .space).count <= 4 else {
        return false
      }
      marker = line.string + "  "
      rest = []
    }
    width = 1
    isField = true
    return true
  }
}
