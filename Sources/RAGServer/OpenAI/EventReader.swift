/// Reads a stream from several places, one after the other; letting go of it lets go of the stream.
actor EventReader<Element: Sendable> {
  private var iterator: AsyncThrowingStream<Element, any Error>.Iterator

  init(_ stream: AsyncThrowingStream<Element, any Error>) {
    iterator = stream.makeAsyncIterator()
  }

  func next() async throws -> Element? {
    var iterator = iterator
    return try await iterator.next(isolation: self)
  }
}
