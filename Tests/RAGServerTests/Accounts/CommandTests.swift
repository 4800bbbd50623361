import Commands
import FoundationEssentials
import Glibc
import State
import TestSupport
import Testing

@testable import RAGServer

/// `ragserver user`, `key` and `doctor`.
@Suite struct CommandTests {
  private func run(_ directory: String, _ arguments: [String]) async -> (
    code: ExitCode, output: String, messages: String
  ) {
    let (results, messages) = (MemorySink(), MemorySink())
    let code = await ServerProgram.program.run(
      arguments,
      settings: Settings(environment: ["FOOTNOTE_STATE": directory + "/state.db", "PATH": "/usr/bin"]),
      output: Output(results: results, messages: messages))
    return (code, results.text, messages.text)
  }

  /// A process of its own, as the password comes from its standard input.
  private func child(_ directory: String, _ arguments: [String], input: String) async throws -> (
    Int32, String
  ) {
    let child = try ChildProcess(
      "ragserver", arguments + ["--state", directory + "/state.db"], environment: ["PATH": "/usr/bin:/bin"],
      folder: directory)
    try child.write(input)
    child.closeInput()
    var lines: [String] = []
    for try await line in child.output { lines.append(line) }
    for try await line in child.errors { lines.append(line) }
    return (await child.exitCode(), lines.joined(separator: "\n"))
  }

  @Test func `people are added with a password from two lines, listed, disabled and enabled`() async throws {
    try await withTemporaryDirectory { directory async throws in
      let password = "correct horse battery\ncorrect horse battery\n"
      let (code, text) = try await child(
        directory, ["user", "add", "Ann@example.org", "--admin"], input: password)
      #expect(code == 0 && text == "Added ann@example.org.")
      #expect(try await child(directory, ["user", "add", "ann@example.org"], input: password).0 == 1)
      #expect(await run(directory, ["user", "list"]).output.contains("ann@example.org        administrator"))
      #expect(await run(directory, ["user", "disable", "ann@example.org"]).code == .success)
      #expect(await run(directory, ["user", "list", "--json"]).output.contains(#""disabled":true"#))
      #expect(await run(directory, ["user", "enable", "ann@example.org"]).code == .success)
      let (changed, _) = try await child(
        directory, ["user", "password", "ann@example.org"],
        input: "another horse battery\nanother horse battery\n")
      #expect(changed == 0)
    }
  }

  @Test(arguments: [
    ("correct horse battery\n", "must be given twice"), ("", "must be given twice"),
    ("correct horse battery\ncorrect horse batter\n", "differ"), ("short\nshort\n", "10 are the least"),
  ])
  func `a password that will not do changes nothing`(input: String, reason: String) async throws {
    try await withTemporaryDirectory { directory async throws in
      let (code, text) = try await child(directory, ["user", "add", "ann@example.org"], input: input)
      #expect(code == 1 && text.contains(reason))
      #expect(await run(directory, ["user", "list"]).output.isEmpty)
    }
  }

  @Test func `somebody who is not there is named`() async throws {
    try await withTemporaryDirectory { directory async throws in
      let (code, _, messages) = await run(directory, ["user", "disable", "eve@example.org"])
      #expect(code == .failure)
      #expect(messages.contains("There is no account 'eve@example.org'. 'ragserver user list' shows"))
    }
  }

  @Test func `keys are made, shown once, listed and revoked`() async throws {
    try await withTemporaryDirectory { directory async throws in
      let made = await run(
        directory,
        ["key", "add", "site", "--scope", "chat", "--origin", "https://example.org", "--expires-in", "90d"])
      let key = made.output.filter { $0 != "\n" }
      #expect(made.code == .success && key.hasPrefix("fn_"))
      let list = await run(directory, ["key", "list"]).output
      #expect(list.contains("site") && list.contains("https://example.org") && !list.contains(key))
      let id = try #require(list.split(separator: "\n").last?.split(separator: " ").first)
      #expect(await run(directory, ["key", "revoke", String(id)]).output == "Revoked site.\n")
      #expect(await run(directory, ["key", "list", "--json"]).output.contains(#""revoked":true"#))
      #expect(await run(directory, ["key", "revoke", "zzzz"]).code == .usage)
      #expect(await run(directory, ["key", "add", "x", "--scope", "everything"]).code == .usage)
      #expect(
        await run(directory, ["key", "add", "x", "--scope", "admin", "--origin", "https://a.example"]).code
          == .failure)
    }
  }

  @Test func `doctor names what is weak`() async throws {
    try await withTemporaryDirectory { directory async throws in
      let results = MemorySink()
      let code = await ServerProgram.program.run(
        ["doctor", "--host", "0.0.0.0", "--db", directory + "/footnote.db"],
        settings: Settings(environment: ["JWT_SECRET": "secret", "ACCOUNTS": "optional"]),
        output: Output(results: results, messages: MemorySink()))
      #expect(code == .success)
      #expect(
        results.text.contains("warning  JWT_SECRET: It has 6 bytes") && results.text.contains("openssl rand"))
      #expect(results.text.contains("warning  address: Whoever reaches 0.0.0.0 may ask"))
      #expect(!results.text.contains("secret\n"))
    }
  }
}
