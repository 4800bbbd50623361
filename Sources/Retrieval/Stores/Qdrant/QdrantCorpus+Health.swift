import Models
import Qdrant

extension QdrantCorpus {
  /// The oldest server whose interface is used: it finds sources by their starts.
  private static let oldest = (major: 1, minor: 19)
  private static let mend = "ingest doctor --repair"

  /// Looks at the server, the collections and their indexes, and compares numbers.
  ///
  /// - Parameter isThorough: also looks at lengths of texts and at what earlier runs have left.
  /// - Throws: `CorpusError` if the server cannot be asked.
  public func findings(isThorough: Bool) async throws -> [StoreFinding] {
    try await reported {
      var findings = [try await server()]
      findings += try await collection(names.documents, indexes: Self.documentIndexes, fingerprint: nil)
      guard let meta = try await meta() else {
        findings.append(
          StoreFinding("points", .warning, "The corpus is empty.", repair: "ingest add PATH"))
        return findings
      }
      let fingerprint = try EmbeddingFingerprint(stored: meta.fingerprint)
      findings += try await collection(names.corpus, indexes: Self.chunkIndexes, fingerprint: fingerprint)
      findings.append(try await points())
      if isThorough {
        findings.append(try await weights(meta))
        findings.append(try await leftovers(meta))
      }
      return findings
    }
  }

  private func server() async throws -> StoreFinding {
    let version = try await client.version()
    guard try await client.isReady() else {
      return StoreFinding(
        "server", .broken,
        "Qdrant \(version.version) at \(client.endpoint.shownURL) says that shards are not ready.",
        repair: "curl \(client.endpoint.shownURL)/cluster")
    }
    if let numbers = version.numbers, numbers < Self.oldest {
      return StoreFinding(
        "server", .warning,
        "Qdrant \(version.version) is older than \(Self.oldest.major).\(Self.oldest.minor): filters by source fail.",
        repair: "docker pull qdrant/qdrant:v\(Self.oldest.major).\(Self.oldest.minor).0")
    }
    return StoreFinding("server", "Qdrant \(version.version) at \(client.endpoint.shownURL) is ready.")
  }

  /// A collection's status, vectors and indexes.
  private func collection(
    _ name: String, indexes: [(field: String, kind: PayloadIndex)], fingerprint: EmbeddingFingerprint?
  ) async throws -> [StoreFinding] {
    guard let info = try await client.collection(name) else {
      return [
        StoreFinding("collection", .broken, "There is no collection '\(name)'.", repair: "ingest add PATH")
      ]
    }
    var findings: [StoreFinding] = []
    let points = info.pointsCount.map { ", about \($0) points" } ?? ""
    switch info.status {
    case .green, .grey:
      findings.append(StoreFinding("collection", "Collection '\(name)' is \(info.status.rawValue)\(points)."))
    case .yellow:
      findings.append(
        StoreFinding(
          "collection", "Collection '\(name)' is being optimised (yellow)\(points); searches work."))
    case .red:
      findings.append(
        StoreFinding(
          "collection", .broken,
          "Collection '\(name)' is red: \(info.optimizerError ?? "an operation on it has failed for good").",
          repair: "curl \(client.endpoint.shownURL)/collections/\(name)"))
    }
    if let fingerprint { findings += vectors(of: name, info, fingerprint) }
    let missing = indexes.filter { info.payloadSchema[$0.field]?.dataType != $0.kind.typeName }.map(\.field)
    if !missing.isEmpty {
      findings.append(
        StoreFinding(
          "indexes", .broken,
          "Collection '\(name)' lacks indexes of \(missing.joined(separator: ", ")): filters are slow or fail.",
          repair: Self.mend))
    }
    return findings
  }

  private func vectors(of name: String, _ info: CollectionInfo, _ fingerprint: EmbeddingFingerprint)
    -> [StoreFinding]
  {
    var problems: [String] = []
    if let dense = info.config.params.vectors[Self.dense] {
      if dense.size != fingerprint.dimensions {
        problems.append("has vectors of \(dense.size) values, and the model gives \(fingerprint.dimensions)")
      }
      if dense.distance != .dot {
        problems.append("compares vectors by \(dense.distance.rawValue) in place of Dot")
      }
    } else {
      problems.append("has no vectors named '\(Self.dense)'")
    }
    if info.config.params.sparseVectors[Self.bm25]?.modifier != "idf" {
      problems.append("has no sparse vectors named '\(Self.bm25)' with the modifier idf")
    }
    guard !problems.isEmpty else { return [] }
    let key = client.endpoint.key() == nil ? "" : " -H \"api-key: $QDRANT_API_KEY\""
    let collection = (try? names.chunks(fingerprint)) ?? name
    return [
      StoreFinding(
        "vectors", .broken, "Collection '\(name)' \(problems.joined(separator: " and ")).",
        repair: "curl -X DELETE\(key) \(client.endpoint.shownURL)/collections/\(collection) && "
          + "curl -X DELETE\(key) \(client.endpoint.shownURL)/collections/\(names.documents) && ingest add PATH"
      )
    ]
  }

  /// Compares the chunks that can be found with those that the documents have.
  ///
  /// Somebody may be writing between the requests. New chunks can be found before their document counts them, and old ones
  /// until it has ceased to: at no moment there are fewer than counted.
  private func points() async throws -> StoreFinding {
    let before = try await countedChunks()
    let found = try await client.count(names.corpus, Self.findable)
    let after = found == before ? before : try await countedChunks()
    let expected = min(before, after)
    if found < expected {
      return StoreFinding(
        "points", .broken, "\(expected - found) of \(expected) chunks are missing.",
        repair: "\(Self.mend) && ingest add PATH")
    }
    if found > after, before == after {
      return StoreFinding(
        "points", .warning, "\(found - after) points of earlier versions of documents take up space.",
        repair: Self.mend)
    }
    return StoreFinding("points", "All \(after) chunks of the documents are there.")
  }

  /// Chunks that the documents have, by what the documents say.
  private func countedChunks() async throws -> Int {
    let live = Filter(
      must: [.keyword("kind", DocumentPayload.kind)], mustNot: [.keyword("status", DocumentPayload.removed)])
    return try await client.facet("chunks", of: names.documents, live, limit: 100_000, as: Int.self)
      .reduce(0) { $0 + $1.value * $1.count }
  }

  /// Compares the average length that weights were worked out with with that of a sample.
  private func weights(_ meta: MetaPayload) async throws -> StoreFinding {
    guard meta.lexical == LexicalOptions().stored else {
      let isEarlier = LexicalOptions(earlier: meta.lexical) != nil
      return StoreFinding(
        "weights", .broken,
        "\(isEarlier ? "An earlier" : "A later") version of Footnote has worked out the weights of words: searches fail.",
        repair: isEarlier ? Self.mend : nil)
    }
    guard let sampled = try await sampledAverage(), let average = meta.averageWords, average > 0 else {
      return StoreFinding("weights", "There are no words to weigh.")
    }
    let drift = abs(sampled - average) / average
    guard drift > 0.2 else { return StoreFinding("weights", "Weights of words fit the texts' lengths.") }
    return StoreFinding(
      "weights", .warning,
      "Weights of words were worked out for texts of \(Int(average)) words, and they have \(Int(sampled)) now.",
      repair: Self.mend)
  }

  private struct Words: Decodable, Sendable {
    var words: Int?
  }

  private func sampledAverage() async throws -> Double? {
    let sample = try await client.query(
      Query(.sample, filter: Self.findable, limit: 1000, payload: .include(["words"])), in: names.corpus,
      payload: Words.self)
    let lengths = sample.compactMap(\.payload?.words)
    return lengths.isEmpty ? nil : Double(lengths.reduce(0, +)) / Double(lengths.count)
  }

  private func leftovers(_ meta: MetaPayload) async throws -> StoreFinding {
    let unused = try await unusedCollections(meta)
    // All staged points but the one that describes the collection.
    let staged = max(0, try await client.count(names.corpus, Filter(must: [.flag("staged", true)])) - 1)
    var parts: [String] = []
    if staged > 0 { parts.append("\(staged) points of runs that broke off or are under way") }
    if !unused.isEmpty { parts.append("\(unused.count) collections of earlier models") }
    guard !parts.isEmpty else { return StoreFinding("leftovers", "Nothing is left over.") }
    return StoreFinding(
      "leftovers", .warning, "There are \(parts.joined(separator: " and ")).", repair: Self.mend)
  }

  /// Collections of chunks of models other than those in use, before, and that a change has been begun to.
  private func unusedCollections(_ meta: MetaPayload) async throws -> [String] {
    let kept = try [meta.fingerprint, meta.previous, meta.next].compactMap(\.self).map {
      try names.chunks(EmbeddingFingerprint(stored: $0))
    }
    return try await client.collections().filter { $0.hasPrefix(names.chunksPrefix) && !kept.contains($0) }
  }

  // MARK: Repair

  /// Makes missing indexes, deletes what earlier runs have left, works weights of words out anew where lengths have
  /// drifted, and has documents read again that have lost chunks. No ingest may be under way.
  ///
  /// - Returns: what was done, in words.
  public func repair() async throws -> [String] {
    try await reported {
      var done: [String] = []
      for (field, kind) in Self.documentIndexes {
        try await client.createIndex(kind, of: field, in: names.documents)
      }
      guard let meta = try await meta() else { return done }
      let collection = try await chunkCollection()
      for (field, kind) in Self.chunkIndexes { try await client.createIndex(kind, of: field, in: collection) }
      for name in try await unusedCollections(meta) {
        try await client.deleteCollection(name)
        done.append("deleted collection '\(name)'")
      }
      let (orphans, broken) = try await compare(collection)
      if orphans > 0 { done.append("deleted \(orphans) points that no document names") }
      if broken > 0 { done.append("marked \(broken) documents to be read again") }
      let isEarlier = LexicalOptions(earlier: meta.lexical) != nil
      if let sampled = try await sampledAverage(), let average = meta.averageWords,
        isEarlier || abs(sampled - average) / max(1, average) > 0.2
      {
        try await weigh(anew: sampled, in: collection)
        done.append("worked the weights of words out anew")
      }
      if isEarlier {
        struct Rules: Encodable {
          var lexical = LexicalOptions().stored
        }
        try await client.setPayload(Rules(), of: .points([QdrantNames.meta]), in: collection)
      }
      try await countUp()
      return done
    }
  }

  private struct Belonging: Decodable, Sendable {
    var revision: String?
    var staged: Bool?
  }

  /// Deletes chunks that belong to no revision in use, and marks documents that lack chunks.
  private func compare(_ collection: String) async throws -> (orphans: Int, broken: Int) {
    var counts: [String: Int] = [:]
    var revisions: [String: (id: PointID, chunks: Int)] = [:]
    let isDocument = Filter(must: [.keyword("kind", DocumentPayload.kind)])
    try await client.forEachPage(of: names.documents, isDocument, as: DocumentPayload.self) { page in
      for record in page {
        guard let document = record.payload, !document.isRemoved, let revision = document.revision else {
          continue
        }
        revisions[revision] = (record.id, document.chunks)
      }
    }
    var orphans: [PointID] = []
    try await client.forEachPage(
      of: collection, payload: .include(["revision", "staged"]), as: Belonging.self
    ) { page in
      for record in page where record.id != QdrantNames.meta {
        if let revision = record.payload?.revision, revisions[revision] != nil {
          // One that is hidden is as good as lost.
          if record.payload?.staged != true { counts[revision, default: 0] += 1 }
        } else {
          orphans.append(record.id)
        }
      }
    }
    try await client.delete(.points(orphans), from: collection)
    struct Lost: Encodable {
      var status = StoredDocument.Status.outdated.rawValue
      var hash = ""
      var error = "chunks of it were lost"
    }
    let broken = revisions.filter { counts[$0.key, default: 0] < $0.value.chunks }.map(\.value.id)
    try await client.setPayload(Lost(), of: .points(broken), in: names.documents)
    // Without a revision that it knows, the next run writes all chunks again.
    try await client.deletePayload(["revision"], of: .points(broken), in: names.documents)
    return (orphans.count, broken.count)
  }

  private func weigh(anew average: Double, in collection: String) async throws {
    try await client.setPayload(
      AverageWords(averageWords: average), of: .points([QdrantNames.meta]), in: collection)
    let (client, sparse) = (client, sparse)
    try await client.forEachPage(of: collection, Self.findable, as: ChunkPayload.self) { page in
      try await client.updateVectors(
        page.compactMap { record -> (id: PointID, vectors: PointVectors)? in
          guard let payload = record.payload,
            let vector = sparse.vector(
              sparse.counts(header: payload.header, text: payload.text), averageLength: average)
          else { return nil }
          return (record.id, PointVectors(sparse: [Self.bm25: vector]))
        }, of: collection)
    }
  }
}
