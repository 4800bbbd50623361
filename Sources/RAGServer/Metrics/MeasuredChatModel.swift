import Models

/// A chat model whose calls are counted: time to the first token and to the end, tokens, cost and errors.
struct MeasuredChatModel: ChatModel {
  let base: any ChatModel
  let metrics: Metrics

  var name: String { base.name }
  var window: Int { base.window }

  func stream(_ request: Models.ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
    let reader = Reader(base.stream(request), model: base.name, metrics: metrics)
    return AsyncThrowingStream { try await reader.next() }
  }

  /// Passes events on as they are asked for, so that a slow reader still slows the provider down.
  private final class Reader: @unchecked Sendable {
    // Sendable: a stream has one reader, which asks for one event after the other.
    private var events: AsyncThrowingStream<ChatEvent, any Error>.Iterator
    private let model: String
    private let metrics: Metrics
    private var start: ContinuousClock.Instant?
    private var hasBegun = false
    private var hasEnded = false

    init(_ stream: AsyncThrowingStream<ChatEvent, any Error>, model: String, metrics: Metrics) {
      events = stream.makeAsyncIterator()
      self.model = model
      self.metrics = metrics
    }

    /// A stream that is let go of before its end counts with the time until then.
    deinit { end() }

    func next() async throws -> ChatEvent? {
      if start == nil { start = .now }
      do {
        guard let event = try await events.next() else {
          end()
          return nil
        }
        count(event)
        return event
      } catch {
        metrics.failed(.chat, error)
        end()
        throw error
      }
    }

    private func count(_ event: ChatEvent) {
      switch event {
      case .textDelta, .toolCall:
        if !hasBegun, let start { metrics.began(model: model, after: .now - start) }
        hasBegun = true
      case .usage(let usage): metrics.used(usage, model: model)
      case .finish: end()
      }
    }

    private func end() {
      guard !hasEnded, let start else { return }
      hasEnded = true
      metrics.called(.chat, model: model, in: .now - start)
    }
  }
}
