import HTTPClient

/// Makes documents of what servers send.
struct PageReader: Sendable {
  private static let reading = WorkQueue(label: "footnote.crawling")

  private let reader: DocumentReader

  init(limits: DocumentLimits = DocumentLimits()) {
    reader = DocumentReader(limits: limits)
  }

  struct Page: Sendable {
    /// Nil for a page that is not to be shown in searches.
    var document: Result<ParsedDocument, DocumentError>?
    /// What the document was read with.
    var parser: String
    var links: PageLinks?
  }

  func read(_ response: HTTPResponse, at url: WebURL) async -> Page {
    await Self.reading.run { [self] in
      let type = response.head.mediaType
      guard type.isEmpty || type == "text/html" || type == "application/xhtml+xml" else {
        // The content decides about most formats; a name helps with texts.
        let name = Self.extensions[type].map { url.path + "." + $0 } ?? url.path
        return Page(
          document: Self.result { try reader.parse(response.body, name: name) },
          parser: reader.parser(of: response.body, name: name))
      }
      var links: PageLinks?
      let parsed = Self.result {
        let charset =
          Self.charset(response.headers["Content-Type"]) ?? HTMLCharset.declared(in: response.body)
        let (text, _) = try TextDecoding.decodeUTF8(response.body, declaredCharset: charset)
        links = try PageLinks(of: text, at: url)
        var builder = DocumentBuilder()
        builder.title = try HTMLParser().append(response.body, into: &builder, declaredCharset: charset)
        let document = builder.build()
        guard !document.blocks.isEmpty else {
          throw DocumentError(
            .empty, "The page has no text; it may be written by scripts when a browser shows it.")
        }
        return document
      }
      return Page(
        document: links?.forbidsIndexing == true ? nil : parsed, parser: DocumentFormat.html.parser,
        links: links)
    }
  }

  private static let extensions = [
    "text/markdown": "md", "text/x-markdown": "md", "text/plain": "txt", "application/pdf": "pdf",
    "application/epub+zip": "epub", "text/x-rst": "rst",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  ]

  private static func result(_ body: () throws -> ParsedDocument) -> Result<ParsedDocument, DocumentError> {
    do {
      return .success(try body())
    } catch let error as DocumentError {
      return .failure(error)
    } catch {
      return .failure(DocumentError(.unreadable, "\(error)"))
    }
  }

  static func charset(_ contentType: String?) -> String? {
    for parameter in (contentType ?? "").split(separator: ";").dropFirst() {
      let parts = parameter.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].filter({ $0 != " " }).lowercased() == "charset" else { continue }
      return parts[1].filter { $0 != "\"" && $0 != " " && $0 != "'" }
    }
    return nil
  }
}
