import Retrieval

/// Looks at the Qdrant server of a corpus and at its collections.
public struct QdrantCheck: HealthCheck {
  private let corpus: QdrantCorpus

  /// Nil for a corpus that is not on a Qdrant server.
  public init?(corpus: any CorpusStore) {
    guard let corpus = corpus as? QdrantCorpus else { return nil }
    self.corpus = corpus
  }

  public let name = "qdrant"
  public let hint = "Run 'ragserver health --qdrant', which says what to mend."

  public func run() async throws -> HealthFinding {
    let findings = try await corpus.findings(isThorough: false)
    let worst =
      findings.first { $0.level == .broken } ?? findings.first { $0.level == .warning } ?? findings.first
    let status: HealthStatus =
      switch worst?.level {
      case .broken: .unhealthy
      case .warning: .degraded
      default: .healthy
      }
    return HealthFinding(
      status: status,
      detail: status == .healthy ? findings.map(\.detail).joined(separator: " ") : worst?.detail ?? "",
      hint: worst?.repair.map { "Run '\($0)'." })
  }
}
