import Commands
import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import RAGServer

/// The official `openai` package for Python as client.
@Suite struct OpenAIClientTests {
  @Test(.enabled(if: PythonClient.isThere, "needs .build/python with the package 'openai'; scripts/test.sh makes it"))
  func `the official client is served as OpenAI serves it`() async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["It bends ", "by 120 degrees [1]", ", they say [9]."])
    }
    try await withRAGServer(configure: asking(fake)) { server in
      let run = try await PythonClient.run("openai_client.py", ["http://127.0.0.1:\(server.port)/v1"])
      #expect(run.status == 0, "\(run.output)")
    }
  }
}
