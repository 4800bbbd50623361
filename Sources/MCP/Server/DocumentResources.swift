import Models
import Retrieval

/// The documents of a corpus as resources: `footnote://documents/` and the source, percent-encoded.
public struct DocumentResources: Sendable {
  private let corpus: any CorpusStore
  private static let scheme = "footnote://documents/"

  public init(corpus: any CorpusStore) { self.corpus = corpus }

  static let template: JSONValue = [
    "uriTemplate": "footnote://documents/{source}", "name": "document", "title": "Document",
    "description": "The stored text of a document, by its source or its short name.",
    "mimeType": "text/plain",
  ]

  /// Where a document is read.
  static func uri(of source: String) -> String {
    var uri = scheme
    for byte in source.utf8 {
      if Self.isUnreserved(byte) {
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        uri += byte < 16 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return uri
  }

  /// RFC 3986, section 2.3.
  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }

  /// The source that a URI names; nil for another kind of URI.
  static func source(of uri: String) -> String? {
    guard uri.hasPrefix(scheme), uri.utf8.count > scheme.utf8.count else { return nil }
    return decoded(uri.dropFirst(scheme.count))
  }

  /// Percent-decoded; nil if that is not UTF-8.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Documents in the order of their sources, from the one after `cursor` on.
  ///
  /// - Throws: `RPCError` for a cursor that no page gave.
  func page(after cursor: JSONValue?, size: Int) async throws -> [String: JSONValue] {
    var last: String?
    if let cursor, cursor != .null, cursor != "" {
      guard case .string(let text) = cursor else {
        throw RPCError.invalidParameters("cursor: expected a string")
      }
      guard let source = Self.decoded(text[...]) else { throw RPCError.invalidParameters("Unknown cursor") }
      last = source
    }
    var documents = try await corpus.documents(matching: SearchFilter()).filter { $0.status != .failed }
      .sorted {
        $0.source < $1.source
      }
    if let last { documents.removeAll { $0.source <= last } }
    let page = documents.prefix(size)
    var result: [String: JSONValue] = ["resources": .array(page.map(Self.listed))]
    if documents.count > size, let end = page.last {
      result["nextCursor"] = .string(String(Self.uri(of: end.source).dropFirst(Self.scheme.count)))
    }
    return result
  }

  private static func listed(_ document: StoredDocument) -> JSONValue {
    var members: [String: JSONValue] = [
      "uri": .string(uri(of: document.source)), "name": .string(document.name), "mimeType": "text/plain",
    ]
    if let title = document.title { members["title"] = .string(title) }
    return .object(members)
  }

  /// The text of a document; nil if there is none of this URI.
  func content(of uri: String) async throws -> JSONValue? {
    guard let source = Self.source(of: uri) else { return nil }
    do {
      let text = try await corpus.text(of: source)
      return ["uri": .string(uri), "mimeType": "text/plain", "text": .string(text)]
    } catch let error as CorpusError where error.code == .notFound {
      return nil
    }
  }
}
