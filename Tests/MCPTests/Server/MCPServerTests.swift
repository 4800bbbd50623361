import Answering
import FoundationEssentials
import Models
import State
import Synchronization
import TestSupport
import Testing

@testable import MCP

@Suite struct MCPServerTests {
  private let schemas: ProtocolSchemas

  init() throws { schemas = try ProtocolSchemas() }

  @Test(arguments: [
    ("2025-11-25", "2025-11-25"), ("2025-06-18", "2025-06-18"), ("2025-03-26", "2025-03-26"),
    ("2024-11-05", "2024-11-05"), ("2031-01-01", "2025-11-25"), ("2026-07-28", "2025-11-25"),
  ])
  func aHandshakeAgreesOnARevision(wanted: String, agreed: String) async throws {
    try await SampleCorpus.with { sample in
      let result = try await sample.result(
        "initialize",
        [
          "protocolVersion": .string(wanted), "capabilities": [:],
          "clientInfo": ["name": "test", "version": "1"],
        ])
      #expect(result["protocolVersion"]?.string == agreed)
      #expect(result["serverInfo"]?["version"] == "1.2.3")
      #expect(schemas.problems(result, "InitializeResult") == [])
    }
  }

  @Test func discoveryNamesTheRevisions() async throws {
    try await SampleCorpus.with { sample in
      let result = try await sample.result("server/discover", [:], .stateless)
      #expect(result["supportedVersions"]?.array?.first == "2026-07-28")
      #expect(schemas.problems(result, "DiscoverResult", .stateless) == [])
    }
  }

  @Test(arguments: [Revision.handshake, .stateless])
  func everyListAndResultIsAsTheSchemaSays(revision: Revision) async throws {
    try await SampleCorpus.with(tools: TaskTools.tools(records: NoRecords())) { sample in
      func check(_ method: String, _ params: [String: JSONValue] = [:], _ definition: String) async throws
        -> JSONValue
      {
        let response = await sample.ask(method, params, revision)
        #expect(schemas.problems(response.json, "JSONRPCResultResponse", revision) == [])
        let result = try response.outcome.get()
        #expect(schemas.problems(result, definition, revision) == [], "\(method)")
        #expect((result["resultType"] == "complete") == (revision == .stateless))
        return result
      }
      let tools = try await check("tools/list", [:], "ListToolsResult")["tools"]?.array ?? []
      #expect(
        tools.compactMap { $0["name"]?.string } == [
          "search", "fetch", "ask", "add_task", "list_tasks", "update_task", "complete_task", "delete_task",
        ])
      let page = try await check("resources/list", [:], "ListResourcesResult")
      #expect(page["resources"]?.array?.count == 2)
      let cursor = try #require(page["nextCursor"])
      let rest = try await check("resources/list", ["cursor": cursor], "ListResourcesResult")
      #expect(rest["resources"]?.array?.count == 1 && rest["nextCursor"] == nil)
      _ = try await check("resources/templates/list", [:], "ListResourceTemplatesResult")
      let uri = try #require(rest["resources"]?.array?.first?["uri"])
      let content = try await check("resources/read", ["uri": uri], "ReadResourceResult")
      #expect(content["contents"]?.array?.first?["text"]?.string?.contains("knee joint") == true)
      for (tool, arguments) in [
        ("search", ["query": "knee"]), ("fetch", ["id": "docs/leg.md"]),
        ("ask", ["question": "What bends the leg?"]),
        ("search", ["query": ""]), ("fetch", ["id": "none"]),
      ] as [(String, JSONValue)] {
        let params: [String: JSONValue] = ["name": .string(tool), "arguments": arguments]
        let result = try await check("tools/call", params, "CallToolResult")
        guard result["isError"] != true else { continue }
        let schema = try #require(tools.first { $0["name"]?.string == tool }?["outputSchema"])
        let data = try #require(result["structuredContent"])
        #expect(JSONSchema(schema).problems(in: data) == [], "\(tool)")
        #expect(result["content"]?.array?.first?["text"]?.string == data.text)
      }
    }
  }

  @Test func searchFindsWhatFetchReads() async throws {
    try await SampleCorpus.with { sample in
      let found = try await sample.call("search", ["query": "knee leg degrees", "limit": 1])
      let first = try #require(found["structuredContent"]?["results"]?.array?.first)
      #expect(first["document"]?.string?.hasSuffix("leg.md") == true && first["title"] == "Leg")
      let read = try await sample.call("fetch", ["id": try #require(first["id"])])["structuredContent"]
      let total = try #require(read?["total"]?.integer)
      #expect(read?["start"] == 0 && read?["end"]?.integer == total)
      let piece = try await sample.call(
        "fetch", ["id": try #require(first["id"]), "start": .integer(total - 21), "length": 7])
      #expect(piece["structuredContent"]?["text"] == "Ünïcode")
      let link = try await sample.call("fetch", ["id": try #require(first["url"])])
      #expect(link["structuredContent"]?["text"] == read?["text"])
    }
  }

  @Test func theMiddleOfALongDocumentIsThePassage() async throws {
    try await SampleCorpus.with { sample in
      let source = try #require(try await sample.corpus.documents().first?.source)
      let read = try await sample.call("fetch", ["id": .string(source + "#char=20,24"), "length": 10])
      #expect(read["structuredContent"]?["start"] == 17 && read["structuredContent"]?["end"] == 27)
    }
  }

  @Test(
    arguments: [
      ("search", ["query": "x", "limit": 500], "limit: expected at most 50, found 500"),
      ("search", [:], "query: is missing"), ("fetch", ["id": "nowhere"], "There is no document 'nowhere'"),
      ("fail", [:], "Unable to complete task operation"), ("refuse", [:], "Not today."),
    ] as [(String, JSONValue, String)])
  func whatAModelCouldRepairIsAResult(tool: String, arguments: JSONValue, text: String) async throws {
    struct Secret: Error {}
    let tools = [
      ClosureTool("fail") { _, _ in throw Secret() },
      ClosureTool("refuse") { _, _ in throw ToolError("Not today.") },
    ]
    try await SampleCorpus.with(tools: tools) { sample in
      let result = try await sample.call(tool, arguments)
      #expect(result["isError"] == true)
      #expect(result["content"]?.array?.first?["text"]?.string?.contains(text) == true)
      #expect(schemas.problems(result, "CallToolResult") == [])
    }
  }

  @Test(
    arguments: [
      ("tools/call", ["name": "serch"], -32602, "Unknown tool: serch"),
      ("tools/call", [:], -32602, "name: expected a string"),
      ("tools/call", ["name": "search", "arguments": [1]], -32602, "arguments: expected an object"),
      ("tools/list", ["cursor": "x"], -32602, "Unknown cursor"),
      ("resources/list", ["cursor": 3], -32602, "cursor: expected a string"),
      ("resources/list", ["cursor": "%"], -32602, "Unknown cursor"),
      ("resources/read", [:], -32602, "uri: expected a string"),
      ("prompts/list", [:], -32601, "Method not found: prompts/list"),
      ("initialize", [:], -32602, "protocolVersion: expected a string"),
      (
        "server/discover", [:], -32602, "Missing _meta member io.modelcontextprotocol/protocolVersion"
      ),
    ] as [(String, [String: JSONValue], Int, String)])
  func whatAProgrammerMustRepairIsAnError(
    method: String, params: [String: JSONValue], code: Int, message: String
  ) async throws {
    try await SampleCorpus.with { sample in
      let response = await sample.ask(method, params)
      #expect(response.outcome == .failure(RPCError(code, message)))
      #expect(schemas.problems(response.json, "JSONRPCErrorResponse") == [])
    }
  }

  @Test func aMissingResourceHasTheCodeOfItsEra() async throws {
    try await SampleCorpus.with { sample in
      for (revision, code) in [(Revision.handshake, -32002), (.stateless, -32602)] {
        for uri in ["footnote://documents/none", "file:///etc/passwd"] as [JSONValue] {
          let response = await sample.ask("resources/read", ["uri": uri], revision)
          #expect(response.outcome == .failure(RPCError(code, "Resource not found", data: ["uri": uri])))
          #expect(schemas.problems(response.json, "JSONRPCErrorResponse", revision) == [])
        }
      }
    }
  }

  @Test func methodsOfTheOtherEraAreUnknown() async throws {
    try await SampleCorpus.with { sample in
      let pong = try await sample.result("ping")
      #expect(pong == [:])
      for method in ["initialize", "ping", "logging/setLevel"] {
        #expect(await sample.ask(method, [:], .stateless).outcome == .failure(.methodNotFound(method)))
      }
    }
  }

  @Test func aRevisionThatIsNotSpokenIsRefusedWithThoseThatAre() async throws {
    try await SampleCorpus.with { sample in
      let meta: JSONValue = ["io.modelcontextprotocol/protocolVersion": "2031-01-01"]
      let response = await sample.ask("server/discover", ["_meta": meta])
      #expect(response.json["error"]?["code"] == -32022)
      #expect(schemas.problems(response.json, "UnsupportedProtocolVersionError", .stateless) == [])
      let bare: JSONValue = ["io.modelcontextprotocol/protocolVersion": "2026-07-28"]
      #expect(
        await sample.ask("tools/list", ["_meta": bare]).outcome
          == .failure(RPCError(-32602, "Missing _meta member io.modelcontextprotocol/clientCapabilities")))
    }
  }

  @Test func progressIsToldWhereItIsAskedFor() async throws {
    try await SampleCorpus.with { sample in
      let told = Mutex<[JSONValue]>([])
      let request = RPCRequest(
        id: .string("a"), method: "tools/call",
        params: [
          "name": "ask", "arguments": ["question": "What bends the leg?"], "_meta": ["progressToken": "p1"],
        ])
      _ = await sample.server.respond(to: request, for: sample.caller) { message in
        told.withLock { $0.append(message) }
      }
      let messages = told.withLock { $0 }
      #expect(messages.map { $0["params"]?["progress"]?.integer } == [0, 1, 2])
      for message in messages {
        #expect(message["params"]?["progressToken"] == "p1")
        #expect(schemas.problems(message, "ProgressNotification") == [])
        #expect(schemas.problems(message, "ProgressNotification", .stateless) == [])
      }
    }
  }

  @Test func tasksAreThoseOfTheCaller() async throws {
    try await SampleCorpus.with(tools: TaskTools.tools(records: NoRecords()), owner: nil) { sample in
      let result = try await sample.call("list_tasks", [:])
      #expect(result["isError"] == true, "nobody is signed in")
    }
    try await SampleCorpus.with(tools: TaskTools.tools(records: NoRecords()), owner: .user("ann")) { sample in
      let result = try await sample.call("list_tasks", [:])
      #expect(result["structuredContent"] == ["count": 0, "tasks": []])
    }
  }

  @Test func whoMayNotReadDocumentsSeesNone() async throws {
    try await SampleCorpus.with { sample in
      var caller = sample.caller
      caller.readsDocuments = false
      let list = RPCRequest(id: .number(1), method: "resources/list")
      let result = try await sample.server.respond(to: list, for: caller).outcome.get()
      #expect(result["resources"] == [])
    }
  }
}

/// A store that holds nothing.
private struct NoRecords: RecordStore {
  func add(_ record: Record) {}
  func record(_ id: String) -> Record? { nil }
  func records(_ query: RecordQuery) -> [Record] { [] }
  func count(_ query: RecordQuery) -> Int { 0 }
  func update(record id: String, _ change: @Sendable (inout Record) -> Bool) -> Record? { nil }
  func remove(record id: String) -> Bool { false }
  func remove(kind: String, before time: Date, limit: Int) -> Int { 0 }
  func remove(kinds: [String], about subjects: [String]) -> Int { 0 }
  func start(ofLatest bytes: Int, kind: String) -> Date? { nil }
}
