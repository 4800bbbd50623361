import Commands
import Models
import Retrieval

/// What describing one document may cost now.
struct Allowance: Sendable {
  /// Of `DESCRIBE_LIMIT`.
  var limit: ChunkDescriber.Limit
  /// What the caps on the cost of 24 hours leave; nil without one.
  var budget: Budget?

  /// Where descriptions that take more than was estimated are broken off.
  var describerLimit: ChunkDescriber.Limit {
    switch (limit, budget) {
    case (.dollars(let limit), let budget?): .dollars(min(limit, budget.left))
    default: limit
    }
  }

  /// Why `plan` may not be carried out; nil if it may.
  func refusal(of plan: DescriptionSummary, model: String) -> IntakeRefusal? {
    guard plan.described > 0 else { return nil }
    let what =
      "Describing \(HumanText.count(plan.described, "chunk")) with '\(model)' would take about "
      + "\(HumanText.count(plan.usage.totalTokens)) tokens"
      + (plan.cost.map { ", $\(HumanText.fixed($0, digits: 4))" } ?? "")
    let isWithinLimit =
      switch limit {
      case .tokens(let tokens): plan.usage.totalTokens <= tokens
      case .dollars(let dollars): plan.cost ?? 0 <= dollars
      }
    guard isWithinLimit else { return .overLimit(what, limit: limitText) }
    guard let budget, let cost = plan.cost, cost > budget.left else { return nil }
    return .overBudget(what, budget, fits: cost <= budget.cap)
  }

  /// Why a run has been broken off that had taken what `done` says.
  func refusal(_ done: DescriptionSummary, model: String) -> IntakeRefusal {
    let what =
      "Describing with '\(model)' was broken off after \(HumanText.count(done.described, "chunk")) and "
      + "\(HumanText.count(done.usage.totalTokens)) tokens, which are kept"
    if let budget, case .dollars(let limit) = limit, budget.left < limit {
      return .overBudget(what, budget, fits: true)
    }
    return .overLimit(what, limit: limitText)
  }

  private var limitText: String {
    switch limit {
    case .dollars(let dollars): "$\(HumanText.fixed(dollars, digits: 2))"
    case .tokens(let tokens): "\(HumanText.count(tokens)) tokens"
    }
  }
}
