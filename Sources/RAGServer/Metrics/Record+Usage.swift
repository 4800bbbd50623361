import FoundationEssentials
import Models
import State

extension Record {
  /// What models of one name took for one thing, for the report of usage.
  ///
  /// - Parameters:
  ///   - id: what it was done for makes it unique.
  ///   - requests: calls of the model.
  ///   - cost: United States dollars; nil where no price is known.
  ///   - key: identifier of the API key that it was done for.
  static func usage(
    _ id: String, of model: String?, _ usage: Usage, requests: Int = 1, cost: Double?, owner: Owner? = nil,
    subject: String, key: String?
  ) -> Record {
    var content: [String: JSONValue] = [
      "model": model.map { .string($0) } ?? .null, "cost": cost.map { .number($0) } ?? .null,
      "key": key.map { .string($0) } ?? .null,
    ]
    if let units = usage.searchUnits {
      content["search_units"] = .integer(units)
    } else {
      content["prompt_tokens"] = .integer(usage.promptTokens)
      content["completion_tokens"] = .integer(usage.completionTokens)
    }
    if requests != 1 { content["requests"] = .integer(requests) }
    return Record(
      id: "usage-\(id)", kind: Record.Kind.usage, owner: owner, createdAt: Date(), subject: subject,
      content: .object(content))
  }
}
