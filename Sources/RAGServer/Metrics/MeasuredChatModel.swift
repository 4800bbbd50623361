import Models

/// A chat model whose calls are counted: time to the first token and to the end, tokens, cost and errors. Providers count
/// tokens at the end, and bill those of an answer that is broken off before: these are estimated.
struct MeasuredChatModel: ChatModel {
  let base: any ChatModel
  let metrics: Metrics

  var name: String { base.name }
  var window: Int { base.window }

  func stream(_ request: Models.ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
    let reader = Reader(base.stream(request), to: request, model: base.name, metrics: metrics)
    return AsyncThrowingStream { try await reader.next() }
  }

  /// Passes events on as they are asked for, so that a slow reader still slows the provider down.
  private final class Reader: @unchecked Sendable {
    // Sendable: a stream has one reader, which asks for one event after the other.
    private var events: AsyncThrowingStream<ChatEvent, any Error>.Iterator
    private let request: Models.ChatRequest
    private let model: String
    private let metrics: Metrics
    private let bill = ModelBill.current
    private var start: ContinuousClock.Instant?
    private var hasBegun = false
    private var hasEnded = false
    private var usage: Usage?
    /// What has come until now.
    private var reply = ""

    init(
      _ stream: AsyncThrowingStream<ChatEvent, any Error>, to request: Models.ChatRequest, model: String,
      metrics: Metrics
    ) {
      events = stream.makeAsyncIterator()
      self.request = request
      self.model = model
      self.metrics = metrics
    }

    /// A stream that is let go of before its end counts with the time until then.
    deinit { end(isBrokenOff: true) }

    func next() async throws -> ChatEvent? {
      if start == nil { start = .now }
      do {
        guard let event = try await events.next() else {
          end(isBrokenOff: true)
          return nil
        }
        count(event)
        return event
      } catch {
        metrics.failed(.chat, error)
        // A provider that refuses bills nothing.
        end(isBrokenOff: hasBegun || Task.isCancelled)
        throw error
      }
    }

    private func count(_ event: ChatEvent) {
      switch event {
      case .textDelta(let text): begin(text)
      case .toolCall(let call): begin(call.name + " " + call.arguments)
      case .usage(let count):
        usage = count
        metrics.used(count, model: model)
      case .finish: end(isBrokenOff: false)
      }
    }

    private func begin(_ text: String) {
      if !hasBegun, let start { metrics.began(model: model, after: .now - start) }
      hasBegun = true
      reply += text
    }

    private func end(isBrokenOff: Bool) {
      guard !hasEnded, let start else { return }
      hasEnded = true
      metrics.called(.chat, model: model, in: .now - start)
      if isBrokenOff, usage == nil {
        let estimate = Usage(estimatedFor: request, reply: reply)
        metrics.used(estimate, model: model)
        usage = estimate
      }
      if let usage { bill?.add(usage, model: model) }
    }
  }
}
