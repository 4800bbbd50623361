/// Where a response's bytes go.
protocol ResponseSink: Sendable {
  func write(_ bytes: [UInt8]) async throws
  func keepAlive(every interval: Duration, sending bytes: [UInt8])
}
