import Glibc
import TestSupport
import Testing

@testable import RAGServer

/// The official `openai-chatkit` package for Python reads what the server sends.
@Suite struct ChatKitPackageTests {
  /// The interpreter that has the package: `FOOTNOTE_CHATKIT_PYTHON`, which `scripts/test.sh` sets.
  static let interpreter: String? = getenv("FOOTNOTE_CHATKIT_PYTHON").map { String(cString: $0) }
  static let reason: Comment = "needs Python with the package openai-chatkit: scripts/test.sh installs it"

  @Test(.enabled(if: interpreter != nil, reason))
  func `the official types take every request, event and answer`() async throws {
    let interpreter = try #require(Self.interpreter)
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames([
        "It bends ", "by 120 degrees [1]. ", "Penguins live in the cold seas of the south.",
      ])
    }
    let script =
      "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Python/chatkit_client.py"
    try await withRAGServer(configure: asking(fake)) { server in
      let client = try ChildProcess(
        interpreter, [script, "http://127.0.0.1:\(server.port)"],
        environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"])
      var lines: [String] = []
      for try await line in client.errors { lines.append(line) }
      #expect(await client.exitCode() == 0, "\(lines.joined(separator: "\n"))")
    }
    #expect(fake.provider.violations == [])
  }
}
