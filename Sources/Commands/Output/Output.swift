import Synchronization

/// The two streams a program writes: results on standard output; logs, progress and prompts on standard error.
///
/// Writes are not buffered, so that lines of the two streams keep their order and a reader at the end of a pipe
/// gets each result at once; many results are best joined into one write. Thread-safe; lines are not mixed.
public final class Output: Sendable {
  public enum Stream: Sendable { case results, messages }

  private struct State {
    /// The line kept at the bottom of a terminal, empty for none.
    var status = ""
  }

  private let results: any OutputSink
  private let messages: any OutputSink
  private let usesColours: Bool
  /// `COLUMNS`, where it is a sensible number.
  private let columns: Int?
  private let state = Mutex(State())

  /// What it looks at, for `--help`.
  public static let variables = [
    EnvironmentVariable("NO_COLOR", "Any value: no colours on a terminal; not read from .env.")
  ]

  /// Looks at `NO_COLOR`, `TERM` and `COLUMNS` of `environment`.
  public init(results: any OutputSink, messages: any OutputSink, environment: [String: String] = [:]) {
    self.results = results
    self.messages = messages
    // https://no-color.org: present and not empty, whatever its value.
    usesColours = environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    columns = environment["COLUMNS"].flatMap { Int($0) }.flatMap { (20...10_000).contains($0) ? $0 : nil }
  }

  /// The standard streams of this process.
  public static func standard(environment: [String: String]) -> Output {
    Output(
      results: FileDescriptorSink.standardOutput, messages: FileDescriptorSink.standardError,
      environment: environment)
  }

  // MARK: Results

  /// Writes `text` as it is; throws `OutputError.closed` when the reader is gone, which `Program` takes for the
  /// end and not for an error.
  public func write(_ text: String) throws(OutputError) {
    guard !text.isEmpty else { return }
    try state.withLock { state throws(OutputError) in
      let sharesScreen = !state.status.isEmpty && results.terminalWidth != nil
      if sharesScreen { send(Self.clearLine) }
      try results.write(text)
      if sharesScreen, text.hasSuffix("\n") { send(state.status) }
    }
  }

  /// Writes `text` and a newline.
  public func line(_ text: String = "") throws(OutputError) {
    try write(text + "\n")
  }

  // MARK: Messages

  /// Writes a line to standard error, above the status line; a failure there cannot be told to anyone.
  public func errorLine(_ text: String) {
    state.withLock { state in
      send(state.status.isEmpty ? "\(text)\n" : "\(Self.clearLine)\(text)\n\(state.status)")
    }
  }

  /// Replaces the line kept at the bottom of the terminal; empty takes it away. Nothing without a terminal.
  func setStatus(_ text: String) {
    guard messages.terminalWidth != nil else { return }
    state.withLock { state in
      guard text != state.status else { return }
      send(state.status.isEmpty ? text : "\(Self.clearLine)\(text)")
      state.status = text
    }
  }

  /// Writes to standard error without a line end, for a question that the same line answers.
  public func prompt(_ text: String) {
    state.withLock { state in
      if !state.status.isEmpty { send(Self.clearLine) }
      state.status = ""
      send(text)
    }
  }

  private func send(_ text: String) {
    do throws(OutputError) {
      try messages.write(text)
    } catch {
      // Standard error is where failures are told; when it fails itself, the work still goes on.
    }
  }

  /// Carriage return and "erase in line" (ECMA-48 EL).
  private static let clearLine = "\r\u{1B}[2K"

  // MARK: Terminals

  /// Columns of the terminal behind a stream, `COLUMNS` first; nil where there is none.
  public func terminalWidth(_ stream: Stream = .results) -> Int? {
    let sink = stream == .results ? results : messages
    return sink.terminalWidth.map { columns ?? $0 }
  }

  /// Columns that help is wrapped to: 80 without a terminal, never more than 100, which is tiring to read.
  public var helpWidth: Int { min(columns ?? results.terminalWidth ?? 80, 100) }

  /// `text` in a style where the stream is a terminal that should have colours.
  public func styled(_ text: String, _ style: TextStyle, _ stream: Stream = .results) -> String {
    usesColours && terminalWidth(stream) != nil ? style.applied(to: text) : text
  }
}
