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

  @Test(.enabled(if: interpreter != nil, reason))
  func `the official client is served as OpenAI serves it`() async throws {
    let interpreter = try #require(Self.interpreter)
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["It bends ", "by 120 degrees [1]", ", they say [9]."])
    }
    let script =
      "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Python/openai_client.py"
    try await withRAGServer(configure: asking(fake)) { server in
      let client = try ChildProcess(
        interpreter, [script, "http://127.0.0.1:\(server.port)/v1"],
        environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"])
      var lines: [String] = []
      for try await line in client.errors { lines.append(line) }
      #expect(await client.exitCode() == 0, "\(lines.joined(separator: "\n"))")
    }
    #expect(fake.provider.violations == [])
  }
}
