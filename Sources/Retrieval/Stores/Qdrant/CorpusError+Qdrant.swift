import Qdrant

extension CorpusError {
  /// Puts Qdrant's error into words that say what to do.
  static func qdrant(_ error: QdrantError) -> CorpusError {
    let code: Code =
      switch error.kind {
      case .authentication, .forbidden: .denied
      case .storageFull: .full
      case .timeout, .unavailable, .rateLimited, .connection, .tls, .server: .unavailable
      default: .storage
      }
    return CorpusError(code, error.description)
  }

  static func missing(_ corpus: QdrantCorpus) -> CorpusError {
    CorpusError(
      .missing,
      """
      There is no corpus '\(corpus.names.corpus)' at \(corpus.client.endpoint.shownURL). Make one with 'ingest add \
      PATH', or set QDRANT_COLLECTION to another one.
      """)
  }

  static func lostVectors(_ count: Int, in corpus: QdrantCorpus) -> CorpusError {
    CorpusError(
      .lostVectors,
      """
      Cannot write to corpus '\(corpus.location)': \(count) vectors that were there a moment ago are gone; another \
      process has removed them. Run the same command again.
      """)
  }
}
