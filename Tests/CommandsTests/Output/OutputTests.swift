import Glibc
import Testing

@testable import Commands

@Suite struct OutputTests {
  @Test func `results and messages go their own ways`() throws {
    let captured = Captured()
    try captured.output.line("one")
    try captured.output.write("two")
    captured.output.errorLine("note")
    #expect(captured.results.text == "one\ntwo")
    #expect(captured.messages.text == "note\n")
  }

  @Test func `messages are written above the status line, which stays last`() throws {
    let captured = Captured(resultsWidth: 80, messagesWidth: 80)
    captured.output.setStatus("working 1")
    captured.output.errorLine("note")
    captured.output.setStatus("working 2")
    captured.output.setStatus("working 2")
    try captured.output.line("result")
    captured.output.setStatus("")
    #expect(
      captured.messages.text == "working 1" + "\r\u{1B}[2Knote\nworking 1" + "\r\u{1B}[2Kworking 2"
        + "\r\u{1B}[2K" + "working 2" + "\r\u{1B}[2K")
    #expect(captured.results.text == "result\n")
  }

  @Test func `there is no status line without a terminal`() {
    let captured = Captured()
    captured.output.setStatus("working")
    #expect(captured.messages.text.isEmpty)
  }

  @Test(
    arguments: [
      (80, [:], "\u{1B}[31mx\u{1B}[0m"), (nil, [:], "x"), (80, ["NO_COLOR": "1"], "x"),
      (80, ["NO_COLOR": ""], "\u{1B}[31mx\u{1B}[0m"), (80, ["TERM": "dumb"], "x"),
    ] as [(Int?, [String: String], String)])
  func `colours are for terminals that want them`(
    width: Int?, environment: [String: String], expected: String
  ) {
    #expect(Captured(resultsWidth: width, environment: environment).output.styled("x", .red) == expected)
  }

  @Test func `a reader that goes away ends the program without an error`() async {
    let captured = Captured(capacity: 20)
    let endless = Command("endless", "") { invocation in
      while true { try invocation.output.line("again") }
    }
    let code = await Program(endless, version: "1").run(
      [], settings: Settings(environment: [:]), output: captured.output)
    #expect(code == .success)
    #expect(captured.results.text == "again\nagain\nagain\n")
    #expect(captured.messages.text.isEmpty)
  }

  @Test func `a closed pipe is told from a full disk`() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    close(ends[0])
    #expect(throws: OutputError.closed) { try FileDescriptorSink(ends[1]).write("x") }
    close(ends[1])
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    try #require(full >= 0)
    defer { close(full) }
    #expect(throws: OutputError.failed("No space left on device")) { try FileDescriptorSink(full).write("x") }
    #expect(OutputError.failed("x").description == "Cannot write the output: x.")
  }

  @Test func `all of a text is written even where a pipe takes little at a time`() async throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    // Non-blocking, as another program that shares the descriptor may have left it.
    _ = fcntl(writing, F_SETFL, O_NONBLOCK)
    let text = String(repeating: "0123456789", count: 50_000)
    async let received = InputLines(descriptor: reading).first { _ in true }
    try FileDescriptorSink(writing).write(text + "\n")
    close(writing)
    #expect(try await received == text)
    close(reading)
  }

  @Test func `JSON is on one line, sorted, with slashes as they are`() throws {
    struct Value: Encodable {
      let url = "http://a/b"
      let count = 3
      let title = "漢 \"x\""
    }
    let captured = Captured()
    try captured.output.json(Value())
    #expect(captured.results.text == #"{"count":3,"title":"漢 \"x\"","url":"http://a/b"}"# + "\n")
    try captured.output.json(["a": 1], isPretty: true)
    #expect(captured.results.text.hasSuffix("}\n{\n  \"a\" : 1\n}\n"))
  }

  @Test func `a value without a JSON form is named`() {
    let captured = Captured()
    #expect(throws: OutputError.unencodable("'score' has no JSON form")) {
      try captured.output.json(["score": Double.infinity])
    }
    #expect(captured.results.text.isEmpty)
  }

  @Test(
    arguments: [
      (UsageError("Bad.", hint: "Do."), 64, "error: Bad.\nDo.\n"),
      (UsageError("Bad."), 64, "error: Bad.\nRun 'p --help' to see how it is used.\n"),
      (CancellationError(), 130, ""), (OutputError.closed, 0, ""),
      (OutputError.failed("disk"), 1, "error: Cannot write the output: disk.\n"),
      (ValueError(text: "x", expectation: "y"), 1, "error: needs y, not 'x'.\n"),
    ] as [(any Error, Int32, String)])
  func `what a command throws becomes a message and an exit code`(
    error: any Error, code: Int32, message: String
  ) async {
    let captured = Captured()
    let program = Program(Command("p", "") { _ in throw error }, version: "1")
    let exit = await program.run([], settings: Settings(environment: [:]), output: captured.output)
    #expect(exit.rawValue == code)
    #expect(captured.messages.text == message)
  }
}
