import FoundationEssentials
import Testing

@testable import Commands

@Suite struct LogTests {
  private let time = Date(timeIntervalSince1970: 1_767_323_045.5)

  private func lines(
    level: Log.Level = .info, format: Log.Format = .text, showsTime: Bool = false, width: Int? = nil,
    secrets: [String] = [], _ write: (Log) -> Void
  ) -> String {
    let captured = Captured(messagesWidth: width)
    write(
      Log(
        output: captured.output, level: level, format: format, showsTime: showsTime,
        redaction: { Redaction(secrets: secrets) }, now: { time }))
    return captured.messages.text
  }

  private func one(_ log: Log) {
    log.debug("d")
    log.info("i", ["source": "a b", "chunks": 12, "ms": 1.5, "ok": true])
    log.warning("w")
    log.error("e\nf")
  }

  @Test func `text is for people`() {
    #expect(lines(one) == "i source=\"a b\" chunks=12 ms=1.5 ok=true\nwarning: w\nerror: e\nf\n")
    #expect(lines(level: .debug, one).hasPrefix("debug: d\n"))
    #expect(lines(level: .error, one) == "error: e\nf\n")
    #expect(lines(width: 80) { $0.error("e") } == "\u{1B}[31merror\u{1B}[0m: e\n")
  }

  @Test func `a service's lines have time and level`() {
    #expect(
      lines(level: .warning, showsTime: true, one)
        == "2026-01-02T03:04:05.500Z warning w\n2026-01-02T03:04:05.500Z error e f\n")
    #expect(lines(showsTime: true) { $0.info("i") } == "2026-01-02T03:04:05.500Z info i\n")
  }

  @Test func `JSON is for machines`() {
    #expect(
      lines(format: .json, one) == """
        {"time":"2026-01-02T03:04:05.500Z","level":"info","message":"i","source":"a b","chunks":12,"ms":1.5,"ok":true}
        {"time":"2026-01-02T03:04:05.500Z","level":"warning","message":"w"}
        {"time":"2026-01-02T03:04:05.500Z","level":"error","message":"e\\nf"}

        """)
  }

  @Test func `secrets are left out of messages and fields`() {
    func write(_ log: Log) {
      log.info("with hunter22 and sk-abcdefghijkl", ["api_key": "x", "note": "hunter22", "max_token": 5])
    }
    #expect(
      lines(secrets: ["hunter22"], write)
        == "with [redacted] and sk-[redacted] api_key=[redacted] note=[redacted] max_token=5\n")
    let json = lines(format: .json, secrets: ["hunter22"], write)
    #expect(json.contains(#""api_key":"[redacted]","note":"[redacted]","max_token":5}"#))
  }

  @Test func `text from elsewhere cannot play with the terminal`() {
    #expect(
      lines { $0.info("a\u{1B}[2Jb", ["title": "c\u{1B}d\ne"]) }
        == "a\u{FFFD}[2Jb title=\"c\\u001bd\\ne\"\n")
  }

  @Test(arguments: [("WARN", Log.Level.warning), ("debug", .debug), ("Error", .error), ("", .info)])
  func `the level comes from LOG_LEVEL`(text: String, level: Log.Level) throws {
    let log = try Log(output: Captured().output, settings: Settings(environment: ["LOG_LEVEL": text]))
    #expect(log.level == level)
    #expect(log.format == .text)
  }

  @Test func `a wrong level or format is a usage error`() async {
    let captured = Captured()
    let code = await Sample.program.run(
      ["list"], settings: Settings(environment: ["LOG_LEVEL": "loud"]), output: captured.output)
    #expect(code == .usage)
    #expect(
      captured.messages.text
        == "error: Environment variable LOG_LEVEL needs one of 'debug', 'info', 'warning' or 'error', not 'loud'.\n"
    )
  }

  @Test func `errors of a program are JSON where the logs are`() async {
    let captured = Captured()
    _ = await Sample.program.run(
      ["bogus"], settings: Settings(environment: ["LOG_FORMAT": "json"]), output: captured.output)
    let text = captured.messages.text
    #expect(
      text.contains(#""level":"error","message":"Unknown command 'bogus'.","hint":"Run 'ingest --help' "#))
    #expect(text.count { $0 == "\n" } == 1)
  }

  @Test func `malformed settings are told at the start`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(".env", "oops\n")
    let captured = Captured()
    let code = await Sample.program.run(
      ["list"], settings: Settings(environment: [:], file: path), output: captured.output)
    #expect(code == .success)
    #expect(captured.messages.text == "warning: \(path), line 1: there is no '=' after the name.\n")
  }
}
