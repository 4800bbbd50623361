import Synchronization

/// Collects what is written to it; it can play a terminal and a pipe whose reader goes away.
public final class MemorySink: OutputSink {
  private let written = Mutex("")
  private let capacity: Int
  public let terminalWidth: Int?

  /// - Parameters:
  ///   - terminalWidth: columns of the terminal to play; nil for none.
  ///   - capacity: bytes after which the reader is gone.
  public init(terminalWidth: Int? = nil, capacity: Int = .max) {
    self.terminalWidth = terminalWidth
    self.capacity = capacity
  }

  public var text: String { written.withLock { $0 } }

  public func write(_ text: String) throws(OutputError) {
    let fits = written.withLock { written in
      guard written.utf8.count + text.utf8.count <= capacity else { return false }
      written += text
      return true
    }
    guard fits else { throw .closed }
  }
}
