import Synchronization

/// Shows how a long task gets on, on standard error: one line redrawn in place on a terminal; elsewhere, or with
/// JSON logs, a log line now and then. Nothing is shown where the log's level leaves information out.
///
/// Thread-safe; calls are cheap enough for every item of a loop.
public final class ProgressBar: Sendable {
  private struct State {
    var line: ProgressLine
    var rate = RateEstimate()
    var lastShown: ContinuousClock.Instant?
    /// Tenths of the total at the last plain line.
    var lastTenth = 0
    var hasPlainLines = false
    var isFinished = false
  }

  /// Ten times a second; faster is not seen.
  private static let redrawInterval = Duration.milliseconds(100)
  private static let plainInterval = Duration.seconds(10)
  /// A line for each tenth would be ten lines at once in a task of seconds.
  private static let tenthInterval = Duration.seconds(2)

  private let log: Log
  private let now: @Sendable () -> ContinuousClock.Instant
  private let start: ContinuousClock.Instant
  private let isDrawn: Bool
  private let state: Mutex<State>

  /// - Parameters:
  ///   - title: what is being done, such as "Embedding".
  ///   - unit: what is counted, in the plural.
  ///   - total: nil where nobody knows.
  ///   - now: the clock, for tests.
  public init(
    _ title: String, unit: String, total: Int? = nil, log: Log,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.log = log
    self.now = now
    start = now()
    isDrawn = log.format == .text && log.output.terminalWidth(.messages) != nil
    state = Mutex(State(line: ProgressLine(title: title, unit: unit, total: total)))
    update(done: 0)
  }

  /// Sets what has been done in all, and what else has changed.
  public func update(done: Int, total: Int? = nil, note: String? = nil) {
    change { line in
      line.done = done
      if let total { line.total = total }
      if let note { line.note = note }
    }
  }

  /// Adds to what has been done.
  public func advance(by count: Int = 1, note: String? = nil) {
    change { line in
      line.done += count
      if let note { line.note = note }
    }
  }

  /// Takes the line off the terminal. Where plain lines were written, the last one tells the end. Later calls do
  /// nothing.
  public func finish() {
    let lastWords = state.withLock { state -> ProgressLine? in
      guard !state.isFinished else { return nil }
      state.isFinished = true
      return state.line
    }
    guard let lastWords else { return }
    if isDrawn {
      log.output.setStatus("")
    } else if state.withLock({ $0.hasPlainLines }) {
      writePlain(lastWords, elapsed: now() - start)
    }
  }

  private func change(_ body: (inout ProgressLine) -> Void) {
    guard log.level <= .info else { return }
    let time = now()
    state.withLock { state in
      guard !state.isFinished else { return }
      body(&state.line)
      state.rate.add(count: state.line.done, at: (time - start).seconds)
      state.line.perSecond = state.rate.perSecond
      isDrawn ? draw(&state, time) : plain(&state, time)
    }
  }

  private func draw(_ state: inout State, _ time: ContinuousClock.Instant) {
    if let last = state.lastShown, time - last < Self.redrawInterval { return }
    state.lastShown = time
    // A character in the last column would make some terminals go to the next line.
    let width = (log.output.terminalWidth(.messages) ?? 80) - 1
    log.output.setStatus(state.line.text(width: width))
  }

  private func plain(_ state: inout State, _ time: ContinuousClock.Instant) {
    let tenth = (state.line.percent ?? 0) / 10
    let elapsed = time - (state.lastShown ?? start)
    guard elapsed >= Self.plainInterval || (tenth > state.lastTenth && elapsed >= Self.tenthInterval) else {
      return
    }
    // The end has a line of its own.
    if let total = state.line.total, state.line.done >= total { return }
    state.lastShown = time
    state.lastTenth = tenth
    state.hasPlainLines = true
    writePlain(state.line, elapsed: nil)
  }

  private func writePlain(_ line: ProgressLine, elapsed: Duration?) {
    var line = line
    guard let elapsed else { return log.info(line.plainText) }
    line.perSecond = elapsed > .zero ? Double(line.done) / elapsed.seconds : nil
    line.total = line.total == line.done ? line.total : nil
    log.info("\(line.plainText), \(HumanText.duration(elapsed)) in all")
  }
}
