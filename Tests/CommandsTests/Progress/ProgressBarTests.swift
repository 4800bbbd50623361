import Synchronization
import Testing

@testable import Commands

@Suite struct ProgressBarTests {
  /// A clock that moves when told to.
  private final class TestClock: Sendable {
    private let elapsed = Mutex(Duration.zero)
    private let start = ContinuousClock.now

    var now: ContinuousClock.Instant { elapsed.withLock { start.advanced(by: $0) } }

    func advance(_ duration: Duration) { elapsed.withLock { $0 += duration } }
  }

  private func bar(_ captured: Captured, total: Int?, level: Log.Level = .info, format: Log.Format = .text)
    -> (ProgressBar, TestClock)
  {
    let clock = TestClock()
    let log = Log(output: captured.output, level: level, format: format)
    return (ProgressBar("Adding", unit: "files", total: total, log: log) { clock.now }, clock)
  }

  @Test func `a terminal's line is redrawn at most ten times a second and cleared at the end`() {
    let captured = Captured(messagesWidth: 60)
    let (bar, clock) = bar(captured, total: 1000)
    for _ in 0..<1000 {
      clock.advance(.milliseconds(1))
      bar.advance()
    }
    bar.finish()
    bar.update(done: 5)
    let frames = captured.messages.text.split(separator: "\r\u{1B}[2K", omittingEmptySubsequences: false)
    // The first at once, one each 100 ms, and the clearing.
    #expect(frames.count == 12)
    #expect(frames.first == "Adding 0/1,000 files  0%")
    #expect(frames[10] == "Adding 1,000/1,000 files  100%  1,000/s")
    #expect(frames.last == "")
  }

  @Test func `the line stays short of the terminal's width`() {
    let captured = Captured(messagesWidth: 30)
    let (bar, _) = bar(captured, total: 1000)
    bar.update(done: 1, note: "a/very/long/path/to/a/file.md")
    #expect(captured.messages.text.displayWidth <= 29)
  }

  @Test func `elsewhere there is a line each tenth, two seconds apart at least`() {
    let captured = Captured()
    let (bar, clock) = bar(captured, total: 100)
    for _ in 0..<100 {
      clock.advance(.milliseconds(100))
      bar.advance()
    }
    bar.finish()
    bar.finish()
    #expect(
      captured.messages.text == """
        Adding: 20 of 100 files (20 %), 10/s, 8 s left
        Adding: 40 of 100 files (40 %), 10/s, 6 s left
        Adding: 60 of 100 files (60 %), 10/s, 4 s left
        Adding: 80 of 100 files (80 %), 10/s, 2 s left
        Adding: 100 of 100 files (100 %), 10/s, 10 s in all

        """)
  }

  @Test func `elsewhere a slow task has a line each ten seconds`() {
    let captured = Captured()
    let (bar, clock) = bar(captured, total: nil)
    for _ in 0..<25 {
      clock.advance(.seconds(1))
      bar.advance(note: "x")
    }
    bar.finish()
    #expect(
      captured.messages.text
        == "Adding: 10 files, 1.0/s\nAdding: 20 files, 1.0/s\nAdding: 25 files, 1.0/s, 25 s in all\n")
  }

  @Test func `elsewhere a short task says nothing`() {
    let captured = Captured()
    let (bar, clock) = bar(captured, total: 10)
    clock.advance(.milliseconds(500))
    bar.update(done: 10)
    bar.finish()
    #expect(captured.messages.text.isEmpty)
  }

  @Test func `a quiet log shows no progress`() {
    let captured = Captured(messagesWidth: 80)
    let (bar, _) = bar(captured, total: 10, level: .warning)
    bar.advance()
    bar.finish()
    #expect(captured.messages.text.isEmpty)
  }

  @Test func `JSON logs are not mixed with a drawn line`() {
    let captured = Captured(messagesWidth: 80)
    let (bar, clock) = bar(captured, total: 10, format: .json)
    clock.advance(.seconds(3))
    bar.update(done: 5)
    #expect(
      captured.messages.text.contains("\"message\":\"Adding: 5 of 10 files (50 %), 1.7/s, 3 s left\"}\n"))
    #expect(!captured.messages.text.contains("\u{1B}"))
  }
}
