internal import CXML2

/// An XML document held as libxml2's tree, freed with the last element that refers to it.
///
/// Entities are not substituted, no DTD is loaded and nothing is fetched, so neither a "billion laughs" nor an
/// external entity reaches the text. libxml2's own limits hold: 256 levels, 10 MB a text node.
final class XMLTree {
  private let document: xmlDocPtr

  /// libxml2 asks for one initialisation before several threads parse.
  static let isReady: Bool = {
    xmlInitParser()
    return true
  }()

  static let options = Int32(
    XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
      | XML_PARSE_NOCDATA.rawValue | XML_PARSE_COMPACT.rawValue)

  /// - Parameters:
  ///   - part: how the error names the document, such as `word/styles.xml`.
  ///   - recovers: keeps what could be read of ill-formed XML, as readers of hand-made files expect.
  /// - Throws: `DocumentError(.damaged)`.
  init(_ bytes: [UInt8], part: String, recovers: Bool = false) throws {
    precondition(Self.isReady)
    guard let length = Int32(exactly: bytes.count) else {
      throw DocumentError(.tooLarge, "'\(part)' has 2 GB or more. Split the document.")
    }
    try bytes.withUnsafeBytes { try XMLGuard.check($0, part: part) }
    let options = Self.options | (recovers ? Int32(XML_PARSE_RECOVER.rawValue) : 0)
    let parsed = bytes.withUnsafeBytes { buffer in
      xmlReadMemory(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), length, nil, nil, options)
    }
    guard let parsed else { throw XMLTree.damaged(part) }
    document = parsed
  }

  deinit { xmlFreeDoc(document) }

  /// The document element; nil for a recovered document without one.
  var root: XMLElement? {
    xmlDocGetRootElement(document).map { XMLElement(node: $0, owner: self) }
  }

  /// The error for `part`, with libxml2's last message on this thread and its line.
  static func damaged(_ part: String) -> DocumentError {
    var reason = "it is not well-formed XML"
    if let error = xmlGetLastError(), let message = error.pointee.message {
      let text = String(cString: message).split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
      if !text.isEmpty { reason = "line \(error.pointee.line): \(text)" }
    }
    return DocumentError(
      .damaged, "'\(part)' inside it cannot be parsed: \(reason). Save the document again with its program.")
  }
}
