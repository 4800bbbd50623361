import Models
import Synchronization
import Testing

@testable import RAGServer

/// What is charged for answers that nobody has waited for.
@Suite struct ModelBillTests {
  private static let request = Models.ChatRequest(messages: [.user("How far does the knee bend?")])
  private static let estimate = Usage(estimatedFor: request, reply: "By 120")

  /// What is paid for one call of a model that says `events`, of which `read` are read.
  private func paid(
    _ events: [ChatEvent], _ error: ModelError? = nil, read: Int = .max, told: Usage? = nil
  ) async throws -> [Usage] {
    let bill = ModelBill()
    let model = MeasuredChatModel(
      base: FixedChatModel(name: "gpt-4o", events: events, error: error), metrics: Metrics())
    var count = 0
    do {
      let stream = ModelBill.$current.withValue(bill) { model.stream(Self.request) }
      for try await _ in stream {
        count += 1
        if count == read { break }
      }
    } catch is ModelError {}
    let paid = Mutex<[Usage]>([])
    bill.settle(besides: told) { name, usage in
      #expect(name == "gpt-4o")
      paid.withLock { $0.append(usage) }
    }
    return paid.withLock { $0 }
  }

  @Test func `what was counted and told of is not paid again`() async throws {
    let usage = Usage(promptTokens: 70, completionTokens: 3)
    let events: [ChatEvent] = [.textDelta("By 120"), .usage(usage), .finish(.stop)]
    #expect(try await paid(events, told: usage) == [])
    #expect(try await paid(events) == [usage], "the answer failed later")
    #expect(try await paid([.textDelta("By 120"), .finish(.stop)]) == [], "nothing counts here")
  }

  @Test func `an answer that is left, or breaks off, is paid by an estimate`() async throws {
    #expect(Self.estimate.promptTokens > 0 && Self.estimate.completionTokens > 0)
    #expect(try await paid([.textDelta("By 120"), .textDelta(" degrees")], read: 1) == [Self.estimate])
    let cut = ModelError(.unavailable, provider: "openai", message: "Cut off.")
    #expect(try await paid([.textDelta("By 120")], cut) == [Self.estimate])
    let refused = ModelError(.rateLimited, provider: "openai", message: "Slow down.")
    #expect(try await paid([], refused) == [], "a refusal costs nothing")
  }

  @Test func `what comes after the bill was settled is paid as it comes`() async throws {
    let bill = ModelBill()
    let paid = Mutex<[Usage]>([])
    bill.settle(besides: nil) { _, usage in paid.withLock { $0.append(usage) } }
    bill.add(Self.estimate, model: "gpt-4o")
    #expect(paid.withLock { $0 } == [Self.estimate])
  }
}
