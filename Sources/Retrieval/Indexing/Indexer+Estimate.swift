import Models

extension Indexer {
  /// What a run would do, without embedding or writing anything: `embedded` and `tokens` count what would be embedded.
  public func estimate(_ discovery: Discovery) async throws -> IndexingSummary {
    var summary = IndexingSummary()
    for failure in discovery.missing + discovery.failures { summary.add(failure) }
    let stored = try await corpus.model
    var known: Set<[UInt8]> = []
    try await forEachPreparation(discovery.files) { prepared in
      switch prepared {
      case .passedOver(_, .redirect): summary.redirects = (summary.redirects ?? 0) + 1
      case .passedOver: break
      case .unchanged: summary.documents.unchanged += 1
      case .archive(_, _, let failures):
        for failure in failures { summary.add(failure) }
      case .failed(let failure): summary.add(failure)
      case .indexed(let prepared, let isNew):
        var document = prepared
        if let describer = options.describer {
          let (known, plan) = try await describer.planned(document, tokens: model.tokens)
          document = known
          summary.descriptions = (summary.descriptions ?? DescriptionSummary()) + plan
        }
        if isNew { summary.documents.added += 1 } else { summary.documents.changed += 1 }
        summary.note(document)
        summary.chunks += document.chunks.count
        let isSameModel = stored?.fingerprint == fingerprint
        let missing =
          if isSameModel, let stored { try await corpus.unembedded(document.hashes, model: stored) } else {
            Set(document.hashes)
          }
        for (chunk, hash) in zip(document.chunks, document.hashes) {
          if missing.contains(hash), known.insert(hash).inserted {
            summary.embedded += 1
            summary.tokens += chunk.tokens
          } else {
            summary.cached += 1
          }
        }
      }
    }
    return summary
  }
}

extension IndexingSummary {
  /// Notes what text of a document could not be had.
  mutating func note(_ document: IndexedDocument) {
    let missing = document.document.missing
    guard !missing.isEmpty else { return }
    incomplete =
      (incomplete ?? []) + [Incomplete(source: document.source, name: document.name, missing: missing)]
  }

  mutating func add(_ failure: SourceFailure) {
    documents.failed += 1
    failures.append(Failure(source: failure.source, error: failure.error.description))
  }
}
