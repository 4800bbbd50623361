import Glibc
import TestSupport
import Testing

@testable import Commands

/// The parts that only a process of its own can show.
@Suite struct ProcessTests {
  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func `a signal cancels the command, and the exit code tells which`(signal: Int32, code: Int32) async throws
  {
    let child = try ChildProcess("CommandsFixture", ["wait"])
    #expect(try await child.output.first { _ in true } == "ready")
    let start = ContinuousClock.now
    child.signal(signal)
    #expect(await child.exitCode() == code)
    // Milliseconds in fact; the bound is for machines that are busy with other things.
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test func `a command that takes care of itself decides on its exit code`() async throws {
    let child = try ChildProcess("CommandsFixture", ["wait", "--graceful"])
    var lines = child.output.makeAsyncIterator()
    #expect(try await lines.next() == "ready")
    child.signal(SIGTERM)
    #expect(try await lines.next() == "bye")
    #expect(await child.exitCode() == 0)
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func `a second signal ends at once what the first could not`(signal: Int32, code: Int32) async throws {
    let child = try ChildProcess("CommandsFixture", ["wait", "--stubborn"])
    var lines = child.output.makeAsyncIterator()
    #expect(try await lines.next() == "ready")
    child.signal(signal)
    #expect(try await lines.next() == "no")
    child.signal(signal)
    #expect(await child.exitCode() == code)
  }

  @Test func `waiting for input is cancelled too`() async throws {
    let child = try ChildProcess("CommandsFixture", ["echo"])
    var lines = child.output.makeAsyncIterator()
    try child.write("a\n")
    #expect(try await lines.next() == "<a>")
    child.signal(SIGINT)
    #expect(await child.exitCode() == 130)
  }

  @Test func `input is answered line by line until its end`() async throws {
    let child = try ChildProcess("CommandsFixture", ["echo"])
    var lines = child.output.makeAsyncIterator()
    for text in ["a", "b c", ""] {
      try child.write("\(text)\n")
      #expect(try await lines.next() == "<\(text)>")
    }
    try child.write("last, without a line end")
    child.closeInput()
    #expect(try await lines.next() == "<last, without a line end>")
    #expect(try await lines.next() == nil)
    #expect(await child.exitCode() == 0)
  }

  @Test func `a broken pipe ends the program quietly`() async throws {
    let child = try ChildProcess("CommandsFixture", ["lines", "1000000"])
    var lines = child.output.makeAsyncIterator()
    #expect(try await lines.next() == "line 0")
    child.closeOutput()
    #expect(await child.exitCode() == 0)
    var errors = child.errors.makeAsyncIterator()
    #expect(try await errors.next() == nil)
  }

  @Test func `a full disk is an error`() async throws {
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    try #require(full >= 0)
    defer { close(full) }
    let child = try ChildProcess("CommandsFixture", ["lines", "1"], output: full)
    #expect(await child.exitCode() == 1)
    #expect(
      try await child.errors.first { _ in true }
        == "error: Cannot write the output: No space left on device.")
  }

  @Test func `settings come from the environment and the folder's file`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(".env", "FIXTURE_KEY=from-file\n")
    for (environment, expected) in [
      (["FIXTURE_KEY": "given"], #"given from setting("FIXTURE_KEY", environment)"#),
      ([:], #"from-file from setting("FIXTURE_KEY", .env, line 1)"#),
    ] {
      let child = try ChildProcess("CommandsFixture", ["show"], environment: environment, folder: folder.path)
      #expect(try await child.output.first { _ in true } == expected)
      #expect(await child.exitCode() == 0)
    }
  }

  @Test(
    arguments: [(["--version"], 0), (["--help"], 0), ([], 64), (["bogus"], 64), (["lines", "x"], 64)]
      as [([String], Int32)])
  func `the process ends with the code`(arguments: [String], code: Int32) async throws {
    let child = try ChildProcess("CommandsFixture", arguments)
    #expect(await child.exitCode() == code)
  }
}
