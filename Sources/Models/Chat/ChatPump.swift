import HTTPClient

/// Reads an answer as its events are asked for, so that a slow reader slows the provider down.
actor ChatPump {
  private enum Phase {
    case waiting
    case streaming(HTTPBody, ServerSentEventParser)
    case ended
  }

  private let errors: ErrorContext
  private let open: @Sendable () async throws(ModelError) -> HTTPStreamedResponse
  private var decoder: any ChatStreamDecoder
  private var phase = Phase.waiting
  /// Events that came together, the next one last.
  private var ready: [ChatEvent] = []
  private var failure: ModelError?

  init(
    errors: ErrorContext, decoder: any ChatStreamDecoder,
    open: @escaping @Sendable () async throws(ModelError) -> HTTPStreamedResponse
  ) {
    self.errors = errors
    self.decoder = decoder
    self.open = open
  }

  /// The stream of one pump: sends nothing before the first event is asked for.
  static func stream(
    errors: ErrorContext, decoder: any ChatStreamDecoder,
    open: @escaping @Sendable () async throws(ModelError) -> HTTPStreamedResponse
  ) -> AsyncThrowingStream<ChatEvent, any Error> {
    let pump = ChatPump(errors: errors, decoder: decoder, open: open)
    return AsyncThrowingStream { try await pump.next() }
  }

  func next() async throws(ModelError) -> ChatEvent? {
    while ready.isEmpty {
      if let failure {
        phase = .ended
        self.failure = nil
        throw failure
      }
      if case .ended = phase { return nil }
      do throws(ModelError) {
        try await readMore()
      } catch {
        phase = .ended
        throw error
      }
    }
    return ready.popLast()
  }

  private func readMore() async throws(ModelError) {
    switch phase {
    case .ended:
      break
    case .waiting:
      try await begin()
    case .streaming(let body, var parser):
      let bytes: [UInt8]?
      let arrived: [ServerSentEvent]
      do {
        bytes = try await body.next()
        // Some servers leave out the last empty line.
        arrived =
          try bytes.map { bytes throws(HTTPClientError) in try parser.consume(bytes) }
          ?? (parser.finish().map { [$0] } ?? [])
      } catch {
        throw errors.failure(error)
      }
      decode(arrived, isLast: bytes == nil)
      phase = decoder.isComplete || bytes == nil ? .ended : .streaming(body, parser)
    }
  }

  /// Opens the stream, or takes the answer of a server that does not stream.
  private func begin() async throws(ModelError) {
    let response = try await open()
    switch response.head.mediaType {
    case "text/event-stream", "":
      phase = .streaming(response.body, ServerSentEventParser())
    case "application/json":
      var bytes: [UInt8] = []
      do {
        while let more = try await response.body.next() { bytes += more }
      } catch {
        throw errors.failure(error)
      }
      ready = try decoder.consume(whole: bytes).reversed()
      phase = .ended
    case let type:
      let start = (try? await response.body.next()) ?? []
      throw errors.invalid("it is of the type '\(type)'", excerpt: start)
    }
  }

  /// Makes events ready; a failure among them is thrown once those before it have been read.
  private func decode(_ arrived: [ServerSentEvent], isLast: Bool) {
    var events: [ChatEvent] = []
    do throws(ModelError) {
      for event in arrived where !decoder.isComplete { events += try decoder.consume(event) }
      if isLast, !decoder.isComplete { events += try decoder.finish() }
    } catch {
      failure = error
    }
    ready = events.reversed()
  }
}
