import FoundationEssentials

/// Gives the documents of a labelled set to the indexer; sources are `beir:` and the document's id.
public struct LabelledSetLoader: DocumentLoader {
  /// What the sources of all labelled sets begin with.
  public static let scheme = "beir:"
  private let documents: [String: LabelledSet.Document]
  private let hasTitles: Bool

  /// - Parameter hasTitles: whether titles are taken in, which head a document's chunks.
  public init(_ set: LabelledSet, hasTitles: Bool = true) {
    documents = Dictionary(set.documents.map { (Self.scheme + $0.id, $0) }, uniquingKeysWith: { $1 })
    self.hasTitles = hasTitles
  }

  /// All documents; what a corpus holds of another set has left it.
  public var discovery: Discovery {
    Discovery(
      files: documents.keys.sorted().map {
        SourceFile(source: $0, name: String($0.dropFirst(Self.scheme.count)))
      }, roots: [Self.scheme])
  }

  public func read(_ file: SourceFile) throws -> DocumentReader.Content {
    guard var document = documents[file.source] else {
      throw DocumentError(.unreadable, "It is not in the set.")
    }
    if !hasTitles, !document.text.allSatisfy(\.isWhitespace) { document.title = nil }
    // In one order of keys, so that an unchanged document has an unchanged hash.
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return .document(Array(try encoder.encode(document)))
  }

  public func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    let document = try JSONDecoder().decode(LabelledSet.Document.self, from: Data(bytes))
    var builder = DocumentBuilder()
    builder.title = document.title.flatMap { $0.isEmpty ? nil : $0 }
    var paragraph = ""
    for line in document.text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        builder.append(.paragraph, paragraph)
        paragraph = ""
      } else {
        paragraph += (paragraph.isEmpty ? "" : "\n") + line
      }
    }
    builder.append(.paragraph, paragraph)
    // A document without text is found by its title.
    if builder.build().blocks.isEmpty { builder.append(.paragraph, document.title ?? name) }
    return builder.build()
  }
}
