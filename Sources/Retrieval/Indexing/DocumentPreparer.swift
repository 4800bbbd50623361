import Models

/// Reads a document, and parses and cuts it if the corpus does not hold it as it is.
struct DocumentPreparer: Sendable {
  private static let reading = WorkQueue(label: "footnote.reading")

  let corpus: any DocumentStore
  let loader: any DocumentLoader
  let options: IndexingOptions
  let tokens: any TokenCounter

  func prepare(_ file: SourceFile) async throws -> Preparation {
    try Task.checkCancellation()
    let state = try await corpus.state(of: file.source, in: options.collection)
    let chunker = Chunker(options: options.chunking, tokens: tokens)
    return await Self.reading.run { [loader, options] in
      do {
        switch try loader.read(file) {
        case .archive(let members, let failures):
          return .archive(file, members: members, failures: failures)
        case .document(let bytes):
          let hash = ContentHash(bytes)
          let recipe = options.recipe(parser: loader.parser(of: bytes, name: file.name))
          if let state, state.hash == hash.bytes, state.recipe == recipe {
            return .unchanged(file, state)
          }
          let document = try loader.parse(bytes, name: file.name)
          let chunks = chunker.chunks(of: document)
          let indexed = IndexedDocument(
            collection: options.collection, source: file.source, name: file.name, size: bytes.count,
            modified: file.modified, hash: hash, recipe: recipe, tags: options.tags,
            document: document, chunks: chunks,
            hashes: chunks.map { ContentHash(of: $0.embeddedText).short })
          return .indexed(indexed, isNew: state == nil || state?.status == .failed)
        }
      } catch let error as DocumentError {
        if error.code == .empty, state == nil, SourceCode.isCode(name: file.name) {
          return .passedOver(file, .emptyCode)
        }
        if error.code == .redirect { return .passedOver(file, .redirect(isHeld: state != nil)) }
        return .failed(SourceFailure(source: file.source, name: file.name, error: error))
      } catch {
        return .failed(
          SourceFailure(source: file.source, name: file.name, error: DocumentError(.unreadable, "\(error)")))
      }
    }
  }
}

/// What became of a document before it is embedded.
enum Preparation: Sendable {
  case unchanged(SourceFile, DocumentState)
  case indexed(IndexedDocument, isNew: Bool)
  case archive(SourceFile, members: [SourceFile], failures: [SourceFailure])
  case failed(SourceFailure)
  /// Nothing is lost with it.
  case passedOver(SourceFile, Reason)

  enum Reason {
    /// Code without a line, such as many an `__init__.py`.
    case emptyCode
    /// A page that only leads to another; whether the corpus holds what it was before.
    case redirect(isHeld: Bool)
  }
}
