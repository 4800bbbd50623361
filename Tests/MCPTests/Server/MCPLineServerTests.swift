import Models
import Synchronization
import TestSupport
import Testing

@testable import MCP

@Suite struct MCPLineServerTests {
  private func lines(_ texts: String..., tools: [ClosureTool] = []) async throws -> [JSONValue] {
    let written = Mutex<[String]>([])
    try await SampleCorpus.with(tools: tools) { sample in
      let server = MCPLineServer(server: sample.server, caller: sample.caller) { line in
        written.withLock { $0.append(line) }
      }
      try await server.run(
        AsyncStream { continuation in
          for text in texts { continuation.yield(text) }
          continuation.finish()
        })
    }
    let all = written.withLock { $0 }
    #expect(all.allSatisfy { !$0.contains("\n") })
    return try all.map { try JSONValue(parsing: $0.utf8) }
  }

  @Test func everyRequestOfBothErasHasItsResponse() async throws {
    let answers = try await lines(
      #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}"#,
      #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, "",
      #"{"jsonrpc":"2.0","id":"d","method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}"#
    )
    let byID = Dictionary(answers.map { ($0["id"] ?? .null, $0["result"]) }, uniquingKeysWith: { $1 })
    #expect(answers.count == 2)
    #expect(byID[1]??["protocolVersion"] == "2024-11-05")
    #expect(byID["d"]??["resultType"] == "complete")
  }

  @Test func brokenLinesDoNotEndTheConnection() async throws {
    let answers = try await lines("{", "[]", #"{"jsonrpc":"2.0","id":2,"method":"ping"}"#)
    #expect(answers.compactMap { $0["error"]?["code"]?.integer } == [-32700, -32600])
    #expect(answers.contains { $0["id"] == 2 && $0["result"] == [:] })
  }

  @Test func aCancelledRequestHasNoResponse() async throws {
    let hang = ClosureTool("hang") { _, _ in
      try await Task.sleep(for: .seconds(60))
      return 1
    }
    let answers = try await lines(
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"hang","arguments":{}}}"#,
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"reason":"x"}}"#,
      #"{"jsonrpc":"2.0","id":2,"method":"ping"}"#, tools: [hang])
    #expect(answers.map { $0["id"] } == [2])
  }

  @Test func aSlowRequestHoldsUpNoOther() async throws {
    let gate = AsyncStream<Void>.makeStream()
    let answers = try await lines(
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"wait","arguments":{}}}"#,
      #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"open","arguments":{}}}"#,
      tools: [
        ClosureTool("wait") { _, _ in
          for await _ in gate.stream {}
          return "waited"
        },
        ClosureTool("open") { _, _ in
          gate.continuation.finish()
          return "opened"
        },
      ])
    #expect(Set(answers.compactMap { $0["id"]?.integer }) == [1, 2])
  }
}
