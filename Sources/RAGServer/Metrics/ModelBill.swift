import Models
import Synchronization

/// What chat models took for one question: also what no answer tells of, because it failed or nobody waited for it.
final class ModelBill: Sendable {
  /// The bill of the question that is being answered.
  @TaskLocal static var current: ModelBill?

  /// Is given a model's name and tokens.
  typealias Payment = @Sendable (String, Usage) -> Void

  private struct Account {
    var taken: [String: Usage] = [:]
    var pay: Payment?
  }

  private let account = Mutex(Account())

  func add(_ usage: Usage, model: String) {
    let pay = account.withLock { account -> Payment? in
      if account.pay == nil { account.taken[model, default: Usage()] += usage }
      return account.pay
    }
    pay?(model, usage)
  }

  /// Hands over what was taken beyond `told`, and from then on whatever comes: a model that is let go of ends a little
  /// later than who asked it.
  func settle(besides told: Usage?, _ pay: @escaping Payment) {
    let taken = account.withLock { account in
      account.pay = pay
      return account.taken
    }
    // All of an answer's calls go to one model.
    for (model, usage) in taken {
      let rest = Usage(
        promptTokens: max(0, usage.promptTokens - (told?.promptTokens ?? 0)),
        completionTokens: max(0, usage.completionTokens - (told?.completionTokens ?? 0)),
        cachedTokens: max(0, usage.cachedTokens - (told?.cachedTokens ?? 0)))
      if rest.totalTokens > 0 { pay(model, rest) }
    }
  }
}
