/// Finds the ends of tags and comments in bytes that may be anything; each question is answered in time linear
/// in the answer's length, and a closing mark that is missing is looked for once.
struct HTMLTagScanner {
  struct Tag {
    var name: Range<Int>
    var isClosing: Bool
    var attributeCount: Int
    /// The index after `>`.
    var end: Int
  }

  private let page: ArraySlice<UInt8>
  private var hasNoCommentEndFrom = Int.max
  private var hasNoTagEndFrom = Int.max

  init(_ page: ArraySlice<UInt8>) { self.page = page }

  /// The tag that starts with the `<` at `index`; nil if that is none.
  ///
  /// - Parameter mayBeOpen: a tag that the end of the page cuts off counts too.
  mutating func tag(at index: Int, mayBeOpen: Bool = false) -> Tag? {
    var next = index + 1
    let isClosing = next < page.endIndex && page[next] == UInt8(ascii: "/")
    if isClosing { next += 1 }
    let start = next
    while next < page.endIndex, page[next].isASCIIAlphanumeric || isNamePunctuation(page[next]) { next += 1 }
    guard next > start, page[start].isASCIILetter, index < hasNoTagEndFrom else { return nil }
    let name = start..<next
    var attributes = 0
    while next < page.endIndex, page[next] != UInt8(ascii: ">") {
      let byte = page[next]
      if byte == UInt8(ascii: "=") {
        next = endOfValue(after: next)
      } else if byte.isASCIISpace || byte == UInt8(ascii: "/") {
        next += 1
      } else {
        attributes += 1
        while next < page.endIndex, !isNameEnd(page[next]) { next += 1 }
      }
    }
    if next >= page.endIndex {
      if mayBeOpen { return Tag(name: name, isClosing: isClosing, attributeCount: attributes, end: next) }
      hasNoTagEndFrom = min(hasNoTagEndFrom, index)
      return nil
    }
    return Tag(name: name, isClosing: isClosing, attributeCount: attributes, end: next + 1)
  }

  /// The index after a comment, declaration or processing instruction that starts at `index`; nil if none does.
  mutating func endOfComment(at index: Int) -> Int? {
    let rest = page[index...]
    if rest.starts(with: "<!--") {
      guard index < hasNoCommentEndFrom else { return nil }
      var next = index + 4
      while next + 2 < page.endIndex {
        if page[next + 2] != UInt8(ascii: ">") && page[next + 2] != UInt8(ascii: "-") {
          next += 3
        } else if page[next] == UInt8(ascii: "-"), page[next + 1] == UInt8(ascii: "-"),
          page[next + 2] == UInt8(ascii: ">")
        {
          return next + 3
        } else {
          next += 1
        }
      }
      hasNoCommentEndFrom = index
      return nil
    }
    guard rest.starts(with: "<!") || rest.starts(with: "<?") || rest.starts(with: "</") else { return nil }
    guard index < hasNoTagEndFrom else { return nil }
    if let end = rest.firstIndex(of: UInt8(ascii: ">")) { return end + 1 }
    hasNoTagEndFrom = min(hasNoTagEndFrom, index)
    return nil
  }

  /// The index of the end tag that closes an element such as `script`, or of the page's end.
  func endOfRawText(named name: ArraySlice<UInt8>, from index: Int) -> Int {
    var next = index
    while let start = page[next...].firstIndex(of: UInt8(ascii: "<")) {
      let after = page[(start + 1)...]
      if after.first == UInt8(ascii: "/"), after.count > name.count,
        after.dropFirst().prefix(name.count).elementsEqual(name, by: { $0 | 0x20 == $1 | 0x20 })
      {
        return start
      }
      next = start + 1
    }
    return page.endIndex
  }

  private func endOfValue(after equals: Int) -> Int {
    var next = equals + 1
    while next < page.endIndex, page[next].isASCIISpace { next += 1 }
    guard next < page.endIndex else { return next }
    if page[next] == UInt8(ascii: "\"") || page[next] == UInt8(ascii: "'") {
      guard let close = page[(next + 1)...].firstIndex(of: page[next]) else { return page.endIndex }
      return close + 1
    }
    while next < page.endIndex, page[next] != UInt8(ascii: ">"), !page[next].isASCIISpace { next += 1 }
    return next
  }

  private func isNamePunctuation(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: ".")
  }

  private func isNameEnd(_ byte: UInt8) -> Bool {
    byte.isASCIISpace || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
  }
}

extension HTMLTagScanner {
  /// The value of an attribute of one tag, without its quotes.
  static func attribute(_ name: StaticString, of tag: [UInt8]) -> ArraySlice<UInt8>? {
    var index = 1
    while index < tag.count {
      guard tag[index - 1].isASCIISpace, tag[index...].starts(with: name) else {
        index += 1
        continue
      }
      let rest = tag[(index + name.utf8CodeUnitCount)...].drop { $0.isASCIISpace }
      index += 1
      guard rest.first == UInt8(ascii: "=") else { continue }
      let value = rest.dropFirst().drop { $0.isASCIISpace }
      guard let quote = value.first else { return nil }
      if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        let words = value.dropFirst().prefix { $0 != quote }
        return words.isBlank ? nil : words
      }
      let words = value.prefix { !$0.isASCIISpace && $0 != UInt8(ascii: ">") }
      return words.isEmpty ? nil : words
    }
    return nil
  }

  /// Whether HTML has text, pictures' texts or anchors, and not only bare tags and comments.
  static func holdsMore(thanTags html: UnsafeBufferPointer<UInt8>) -> Bool {
    let bytes = Array(html)
    var scanner = HTMLTagScanner(bytes[...])
    var index = 0
    while index < bytes.count {
      if bytes[index].isASCIISpace {
        index += 1
        continue
      }
      guard bytes[index] == UInt8(ascii: "<") else { return true }
      if let end = scanner.endOfComment(at: index), bytes[index + 1] == UInt8(ascii: "!") {
        index = end
      } else if let tag = scanner.tag(at: index), tag.attributeCount == 0 {
        index = tag.end
      } else {
        return true
      }
    }
    return false
  }
}
