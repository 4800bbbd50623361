import FoundationEssentials
import Models
import State

extension ChatService {
  /// Does `work` and charges what chat models took for it beyond what its answer has cost, such as an answer that was
  /// broken off, or one that failed after its tools were called.
  ///
  /// - Parameters:
  ///   - subject: names the answer in the records.
  ///   - work: gives what its answer tells of, which has been charged; nil for nothing.
  func billed(to owner: Owner?, subject: String, _ work: () async throws -> Usage?) async throws {
    let bill = ModelBill()
    let caller = Admission.admitted?.caller ?? Caller()
    var told: Usage?
    defer {
      bill.settle(besides: told) { model, usage in
        // A task of its own: that of the question may be cancelled.
        Task { await pay(usage, of: model, caller, owner, subject) }
      }
    }
    told = try await ModelBill.$current.withValue(bill) { try await work() }
  }

  private func pay(
    _ usage: Usage, of model: String, _ caller: Caller, _ owner: Owner?, _ subject: String
  ) async {
    let cost = usage.cost(of: model)
    if let cost { await limits.charge(cost, caller) }
    do {
      try await state.records.add(
        .usage(
          "\(subject)-\(UUID().uuidString.lowercased())", of: model, usage, cost: cost, owner: owner,
          subject: subject, key: caller.key?.id))
    } catch {
      report(error)
    }
  }
}
