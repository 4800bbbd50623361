/// Where one stream of output goes: a file descriptor, or memory in tests.
public protocol OutputSink: Sendable {
  /// Writes all of `text` or throws.
  func write(_ text: String) throws(OutputError)
  /// Columns of the terminal behind it; nil where there is none.
  var terminalWidth: Int? { get }
}
