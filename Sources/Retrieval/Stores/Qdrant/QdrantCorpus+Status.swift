import Qdrant

extension QdrantCorpus {
  public func status() async throws -> CorpusStatus {
    let model = try await model
    let generation = try await generation
    return try await reported {
      let kind = Condition.keyword("kind", DocumentPayload.kind)
      let removed = Condition.keyword("status", DocumentPayload.removed)
      func documents(_ status: StoredDocument.Status) async throws -> Int {
        try await client.count(names.documents, Filter(must: [kind, .keyword("status", status.rawValue)]))
      }
      let byCollection = try await client.facet(
        "collection", of: names.documents, Filter(must: [kind], mustNot: [removed]), limit: 10_000,
        as: String.self)
      var chunks: [String: Int] = [:]
      var points = 0
      if model != nil {
        for (name, count) in try await client.facet(
          "collection", of: names.corpus, Self.findable, limit: 10_000, as: String.self)
        {
          chunks[name] = count
        }
        // All but the point that describes the collection.
        points = max(0, try await client.count(names.corpus) - 1)
      }
      return CorpusStatus(
        path: location, bytes: 0, model: model?.fingerprint, generation: generation,
        documents: byCollection.reduce(0) { $0 + $1.count }, failed: try await documents(.failed),
        outdated: try await documents(.outdated), chunks: chunks.values.reduce(0, +), embeddings: points,
        collections: byCollection.sorted { $0.value < $1.value }.map {
          CorpusStatus.Collection(name: $0.value, documents: $0.count, chunks: chunks[$0.value] ?? 0)
        })
    }
  }
}
