import Commands
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import RAGServer

/// The official `openai` package for Python as client.
@Suite struct OpenAIClientTests {
  /// The interpreter that has the package: `FOOTNOTE_OPENAI_PYTHON`, which `scripts/test.sh` sets.
  static let interpreter: String? = getenv("FOOTNOTE_OPENAI_PYTHON").map { String(cString: $0) }
  static let reason: Comment =
    "needs Python with openai and openapi-spec-validator: scripts/test.sh installs it"

  @Test(.enabled(if: interpreter != nil, reason), arguments: ["openai_client.py", "openai_responses.py"])
  func `the official client is served as OpenAI serves it`(script: String) async throws {
    try await run(script, Self.interpreter)
  }

  /// The package openai-agents is one that openai-chatkit needs.
  @Test(.enabled(if: ChatKitPackageTests.interpreter != nil, ChatKitPackageTests.reason))
  func `an agent of the official package asks, streams and remembers`() async throws {
    try await run("openai_agents.py", ChatKitPackageTests.interpreter)
  }

  /// Runs a script of the folder `Python` against a server whose chat model is a fake.
  private func run(_ script: String, _ interpreter: String?) async throws {
    let interpreter = try #require(interpreter)
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["It bends ", "by 120 degrees [1]", ", they say [9]."])
    }
    let folder = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Python/"
    try await withRAGServer(configure: asking(fake)) { server in
      let client = try ChildProcess(
        interpreter, [folder + script, "http://127.0.0.1:\(server.port)/v1"],
        environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"])
      var lines: [String] = []
      for try await line in client.errors { lines.append(line) }
      #expect(await client.exitCode() == 0, "\(lines.joined(separator: "\n"))")
    }
    #expect(fake.provider.violations == [])
  }
}
