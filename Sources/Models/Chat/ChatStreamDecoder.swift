import HTTPClient

/// Makes chat events from a provider's stream: a state machine without I/O.
protocol ChatStreamDecoder: Sendable {
  /// Takes one event of the stream.
  mutating func consume(_ event: ServerSentEvent) throws(ModelError) -> [ChatEvent]

  /// Takes the whole answer of a server that did not stream.
  mutating func consume(whole body: [UInt8]) throws(ModelError) -> [ChatEvent]

  /// The stream has ended: gives what is left, or throws if the answer is incomplete.
  mutating func finish() throws(ModelError) -> [ChatEvent]

  /// Whether the answer is complete, so that nothing more need be read.
  var isComplete: Bool { get }
}
