internal import CXML2

/// Reads a large XML part one child at a time, so that only that child is held as a tree.
final class XMLBlockReader {
  private let reader: xmlTextReaderPtr
  private let part: String

  /// - Parameter buffer: the whole part; it must outlive the reader.
  private init(_ buffer: UnsafeRawBufferPointer, part: String) throws {
    precondition(XMLTree.isReady)
    self.part = part
    guard let length = Int32(exactly: buffer.count) else {
      throw DocumentError(.tooLarge, "'\(part)' has 2 GB or more. Split the document.")
    }
    let bytes = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
    guard let reader = xmlReaderForMemory(bytes, length, nil, nil, XMLTree.options) else {
      throw XMLTree.damaged(part)
    }
    self.reader = reader
  }

  deinit { xmlFreeTextReader(reader) }

  /// Calls `body` with each child element of the first element called `parent`, in order. An element is valid
  /// during its call only.
  static func forEachChild(
    of parent: String, in bytes: [UInt8], part: String, _ body: (XMLElement) throws -> Void
  ) throws {
    try bytes.withUnsafeBytes { buffer in
      try XMLGuard.check(buffer, part: part)
      let reader = try XMLBlockReader(buffer, part: part)
      try reader.forEachChild(of: parent, body)
    }
  }

  private func forEachChild(of parent: String, _ body: (XMLElement) throws -> Void) throws {
    let element = Int32(XML_READER_TYPE_ELEMENT.rawValue)
    var more = try check(xmlTextReaderRead(reader))
    while more, !(xmlTextReaderNodeType(reader) == element && localName == parent) {
      more = try check(xmlTextReaderRead(reader))
    }
    guard more else {
      throw DocumentError(.damaged, "'\(part)' inside it has no <\(parent)>. Save the document again.")
    }
    guard xmlTextReaderIsEmptyElement(reader) == 0 else { return }
    let depth = xmlTextReaderDepth(reader)
    more = try check(xmlTextReaderRead(reader))
    while more, xmlTextReaderDepth(reader) > depth {
      if xmlTextReaderNodeType(reader) == element {
        guard let node = xmlTextReaderExpand(reader) else { throw XMLTree.damaged(part) }
        try body(XMLElement(node: node, owner: self))
      }
      more = try check(xmlTextReaderNext(reader))
    }
  }

  private var localName: String {
    xmlTextReaderConstLocalName(reader).map { String(cString: $0) } ?? ""
  }

  /// - Returns: whether there was a node; false at the end.
  private func check(_ result: Int32) throws -> Bool {
    guard result >= 0 else { throw XMLTree.damaged(part) }
    return result == 1
  }
}
