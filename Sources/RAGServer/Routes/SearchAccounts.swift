import FoundationEssentials
import Models
import Retrieval
import State

/// Accounts for searches that a reranker's provider bills: towards the caps on spending, and in the report of usage.
struct SearchAccounts: Sendable {
  let limits: Limits
  let records: any RecordStore
  /// Told of what no client sees.
  let report: @Sendable (any Error) -> Void

  func note(_ result: SearchResult, _ caller: Caller) async {
    guard let reranking = result.reranking, let usage = reranking.usage else { return }
    await waitBriefly { await note(reranking, usage, caller) }
  }

  private func note(_ reranking: RerankReport, _ usage: Usage, _ caller: Caller) async {
    if let cost = reranking.cost { await limits.charge(cost, caller) }
    do {
      try await records.add(
        .usage(
          "search-\(UUID().uuidString.lowercased())", of: reranking.model, usage, cost: reranking.cost,
          subject: "search", key: caller.key?.id))
    } catch {
      report(error)
    }
  }
}
