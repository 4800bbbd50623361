import Models
import SQLite

extension Corpus: CorpusStore {
  public nonisolated var location: String { path }

  public nonisolated var commandOption: String { " --db \(path)" }

  public func unembedded(_ hashes: [[UInt8]], model: CorpusModel) throws -> Set<[UInt8]> {
    try unembedded(hashes, model: model.id)
  }

  public func commit(_ documents: [IndexedDocument], _ embedded: EmbeddedTexts, model: CorpusModel) throws {
    try addEmbeddings(embedded, model: model)
    try replace(documents)
  }

  public func addEmbeddings(_ embedded: EmbeddedTexts, model: CorpusModel) throws {
    guard !embedded.hashes.isEmpty else { return }
    try addEmbeddings(embedded.hashes, embedded.vectors, model: model.id)
  }

  public func textsWithoutVector(of model: CorpusModel) throws -> Int {
    try textsWithoutVector(of: model.id)
  }

  public func textsToEmbed(with model: CorpusModel, limit: Int) throws -> [UnembeddedText] {
    try textsToEmbed(with: model.id, limit: limit)
  }

  public func switchModel(to model: CorpusModel) throws { try switchModel(to: model.id) }

  public nonisolated func passageIndex(vectors: VectorMemory) -> any PassageIndex {
    CorpusIndex(corpus: self, vectors: vectors)
  }
}
