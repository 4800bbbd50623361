import Glibc

/// The lines of a descriptor, without their line ends, one at a time: nothing is read ahead of the reader by
/// more than a buffer, no thread of the cooperative pool waits, and cancellation is heard while waiting.
///
/// Bytes that are not UTF-8 become U+FFFD. One iteration at a time.
public struct InputLines: AsyncSequence, Sendable {
  public typealias Element = String

  private let source: InputSource
  private let longestLine: Int

  /// - Parameter longestLine: in bytes; a longer one is an error, as it would fill the memory.
  public init(descriptor: Int32 = STDIN_FILENO, longestLine: Int = 16 << 20) {
    source = InputSource(descriptor)
    self.longestLine = longestLine
  }

  public func makeAsyncIterator() -> Iterator {
    Iterator(source: source, longestLine: longestLine)
  }

  public struct Iterator: AsyncIteratorProtocol {
    private let source: InputSource
    private let longestLine: Int
    private var buffer: [UInt8] = []
    /// Bytes at the front of `buffer` that were handed out.
    private var used = 0
    /// Bytes known to hold no line end.
    private var searched = 0
    private var number = 0
    private var isAtEnd = false

    init(source: InputSource, longestLine: Int) {
      self.source = source
      self.longestLine = longestLine
    }

    /// Nil after the last line, which needs no line end.
    public mutating func next() async throws -> String? {
      while true {
        if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
          return take(to: end, next: end + 1)
        }
        searched = buffer.count
        guard searched - used <= longestLine else {
          throw InputError.lineTooLong(number + 1, limit: longestLine)
        }
        if isAtEnd { return used < buffer.count ? take(to: buffer.count, next: buffer.count) : nil }
        buffer.removeFirst(used)
        searched -= used
        used = 0
        let bytes = try await source.read()
        isAtEnd = bytes.isEmpty
        buffer += bytes
      }
    }

    private mutating func take(to end: Int, next: Int) -> String {
      var line = buffer[used..<end]
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      used = next
      searched = next
      number += 1
      return String(decoding: line, as: UTF8.self)
    }
  }
}
