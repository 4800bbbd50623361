internal import CXML2

/// Reads a page as mere paragraphs: in linear time whatever its nesting, for pages that would take libxml2 too
/// long, and for scraps of HTML in other formats.
enum HTMLTagStripper {
  /// Appends `page` (valid UTF-8) to `tree` as paragraphs, without their structure.
  static func append(_ page: ArraySlice<UInt8>, to tree: inout HTMLTree) {
    tree.openElement(.p)
    var index = page.startIndex
    // A page may be left just before the end of a tag.
    if index < page.endIndex, page[index] == UInt8(ascii: "/") { index += 1 }
    if index < page.endIndex, page[index] == UInt8(ascii: ">") { index += 1 }
    var scanner = HTMLTagScanner(page)
    while index < page.endIndex {
      let next = page[index...].firstIndex(of: UInt8(ascii: "<")) ?? page.endIndex
      if next > index {
        HTMLEntities.decoded(page[index..<next]).withUnsafeBufferPointer { tree.addText($0) }
      }
      guard next < page.endIndex else { break }
      if let tag = scanner.tag(at: next) {
        let kind = HTMLTag(rawValue: page[tag.name].lowercasedString) ?? .other
        index = tag.end
        if kind == .br || kind.isBlock {
          tree.closeElement()
          tree.openElement(.p)
        } else if kind == .script || kind == .style, !tag.isClosing {
          index = scanner.endOfRawText(named: page[tag.name], from: tag.end)
        }
      } else if let end = scanner.endOfComment(at: next) {
        index = end
      } else {
        [UInt8(ascii: "<")].withUnsafeBufferPointer { tree.addText($0) }
        index = next + 1
      }
    }
    tree.closeElement()
  }

  static func hasTag(withMoreAttributesThan limit: Int, in page: [UInt8]) -> Bool {
    guard page.count > 2 * limit else { return false }
    var scanner = HTMLTagScanner(page[...])
    var index = 0
    while let next = page[index...].firstIndex(of: UInt8(ascii: "<")) {
      guard let tag = scanner.tag(at: next, mayBeOpen: true) else {
        index = scanner.endOfComment(at: next) ?? next + 1
        continue
      }
      if tag.attributeCount > limit { return true }
      index = tag.end
      let name = page[tag.name].lowercasedString
      if !tag.isClosing, name == "script" || name == "style" {
        index = scanner.endOfRawText(named: page[tag.name], from: index)
      }
    }
    return false
  }
}
