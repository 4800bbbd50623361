import Glibc
import Testing

@testable import Commands

@Suite struct SecretInputTests {
  /// Announces each prompt, so that a test types only after the terminal has been made mute.
  private struct PromptSink: OutputSink {
    let prompts: AsyncStream<String>.Continuation
    let terminalWidth: Int? = 80
    func write(_ text: String) throws(OutputError) { prompts.yield(text) }
  }

  /// What is read after `keys` are typed; the name of the error where there is one.
  private func read(typing keys: String) async throws -> String {
    let terminal = try PseudoTerminal()
    let (prompts, continuation) = AsyncStream.makeStream(of: String.self)
    let output = Output(results: MemorySink(), messages: PromptSink(prompts: continuation))
    let descriptor = terminal.slave
    let reading = Task {
      var input = SecretInput(descriptor: descriptor, output: output)
      return try await input.read(prompt: "Password: ")
    }
    #expect(await prompts.first { _ in true } == "Password: ")
    // The prompt is written once nothing typed is shown any more.
    #expect(!terminal.echoes)
    terminal.type(keys)
    defer { #expect(terminal.echoes) }
    do {
      return try await reading.value ?? "end"
    } catch is CancellationError {
      return "cancelled"
    }
  }

  @Test(arguments: [
    ("secret\r", "secret"), ("secrex\u{7F}t\n", "secret"), ("é漢\u{7F}x\r", "éx"),
    ("wrong\u{15}right\r", "right"),
    ("\u{7F}\u{7F}a\r", "a"), ("\r", ""), ("\u{4}", "end"), ("a\u{4}b\r", "ab"), ("abc\u{3}", "cancelled"),
    ("a\u{1}b\r", "ab"),
  ])
  func `a password is typed unseen, with the usual keys`(keys: String, expected: String) async throws {
    #expect(try await read(typing: keys) == expected)
  }

  @Test func `a pipe gives a password a line, without prompts`() async throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    try FileDescriptorSink(ends[1]).write("one\r\ntwo\n")
    close(ends[1])
    let captured = Captured()
    var input = SecretInput(descriptor: ends[0], output: captured.output)
    #expect(try await input.read(prompt: "Password: ") == "one")
    #expect(try await input.read(prompt: "Again: ") == "two")
    #expect(try await input.read(prompt: "Again: ") == nil)
    #expect(captured.messages.text.isEmpty)
    close(ends[0])
  }
}
