import Testing

@testable import Retrieval

@Suite struct ChildProcessTests {
  private func run(
    _ script: String, input: String = "", seconds: Int = 20, processor: Int = 10,
    receive: (UnsafeRawBufferPointer) throws -> Void = { _ in }
  ) throws -> ChildProcess.Outcome {
    let limits = ChildProcess.Limits(processorSeconds: processor, seconds: seconds, memoryBytes: 1 << 30)
    return try ChildProcess(program: "/bin/sh", limits: limits).run(
      ["-c", script], input: TemporaryFile(Array(input.utf8)), receive: receive)
  }

  @Test func `input, output, errors and the exit status pass through`() throws {
    var output: [UInt8] = []
    let outcome = try run("cat; echo bad >&2; exit 3", input: "words") { output += $0 }
    #expect(String(decoding: output, as: UTF8.self) == "words")
    #expect(outcome.errors == "bad\n")
    #expect(outcome.ending == .exited(3))
  }

  @Test func `much output on both channels does not block`() throws {
    var count = 0
    let outcome = try run(
      "i=0; while [ $i -lt 3000 ]; do echo $i$i$i$i$i$i$i$i >&2; echo $i$i$i$i$i$i$i$i; i=$((i+1)); done"
    ) {
      count += $0.count
    }
    #expect(outcome.ending == .exited(0))
    #expect(count > 80_000)
    #expect(outcome.errors.utf8.count == 1 << 16)
  }

  @Test func `the deadline ends it with all its children`() throws {
    #expect(try run("sleep 60 & sleep 60", seconds: 0).ending == .deadline)
    #expect(try run("exec >&- 2>&-; sleep 60", seconds: 0).ending == .deadline)
  }

  @Test func `a signal is told`() throws {
    #expect(try run("kill -9 $$").ending == .killed(signal: 9))
  }

  @Test func `an error of the receiver ends it`() {
    let full = DocumentError(.tooLarge, "full")
    let error = DocumentError.thrown { _ = try run("while :; do echo x; done") { _ in throw full } }
    #expect(error == full)
  }

  @Test func `it inherits neither files nor environment`() throws {
    let secret = try TemporaryFile([1])
    var output: [UInt8] = []
    // The shell's own descriptors are those it reads the folder with.
    _ = try run("env; ls /proc/self/fd | wc -l") { output += $0 }
    let text = String(decoding: output, as: UTF8.self)
    #expect(!text.contains("HOME="))
    #expect(text.split(separator: "\n").last?.filter(\.isNumber) == "4")
    #expect(withExtendedLifetime(secret) { secret.descriptor } > 2)
  }
}
