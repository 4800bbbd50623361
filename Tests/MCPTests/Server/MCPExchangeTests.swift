import Models
import Testing

@testable import MCP

/// The rules of Streamable HTTP, without a server.
@Suite struct MCPExchangeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var headers: [String: String] = [:]
    var body: String
    var status: Int
    var code: Int?

    var testDescription: String { name }
  }

  private static func request(
    _ method: String = "tools/list", version: String? = nil, extra: String = "", name: String? = nil
  ) -> String {
    var params: [String] = extra.isEmpty ? [] : [extra]
    if let version {
      params.append(
        """
        "_meta":{"io.modelcontextprotocol/protocolVersion":"\(version)","io.modelcontextprotocol/clientCapabilities":{}}
        """)
    }
    if let name { params.append("\"name\":\"\(name)\"") }
    return #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":{\#(params.joined(separator: ","))}}"#
  }

  private static func modern(_ method: String, _ name: String? = nil) -> [String: String] {
    var headers = ["mcp-protocol-version": "2026-07-28", "mcp-method": method]
    headers["mcp-name"] = name
    return headers
  }

  static let cases: [Case] = [
    Case(name: "a request of the old era", body: request(), status: 200),
    Case(
      name: "with its revision", headers: ["mcp-protocol-version": "2025-06-18"], body: request(), status: 200
    ),
    Case(
      name: "a revision that is not spoken", headers: ["mcp-protocol-version": "1999-01-01"], body: request(),
      status: 400, code: -32600),
    Case(name: "an error of the old era", body: request("nothing"), status: 200, code: -32601),
    Case(name: "no JSON", body: "{", status: 400, code: -32700),
    Case(name: "no message", body: "{}", status: 400, code: -32600),
    Case(name: "a response", body: #"{"jsonrpc":"2.0","id":1,"result":{}}"#, status: 400, code: -32600),
    Case(
      name: "another type", headers: ["content-type": "text/plain"], body: request(), status: 415,
      code: -32600),
    Case(
      name: "nothing acceptable", headers: ["accept": "text/html"], body: request(), status: 406, code: -32600
    ),
    Case(
      name: "JSON alone is accepted", headers: ["accept": "application/json"], body: request(), status: 200),
    Case(name: "anything is accepted", headers: ["accept": "*/*"], body: request(), status: 200),
    Case(
      name: "a type with parameters", headers: ["content-type": "application/json; charset=utf-8"],
      body: request(), status: 200),
    Case(
      name: "a notification", body: #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, status: 202),
    Case(
      name: "a batch of the one revision that has them",
      body: "[\(request()),{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}]", status: 200),
    Case(name: "a batch of notifications", body: #"[{"jsonrpc":"2.0","method":"x"}]"#, status: 202),
    Case(
      name: "a batch of another", headers: ["mcp-protocol-version": "2025-11-25"], body: "[\(request())]",
      status: 400, code: -32600),
    Case(name: "an empty batch", body: "[]", status: 400, code: -32600),
    Case(
      name: "a request of the new era", headers: modern("tools/list"), body: request(version: "2026-07-28"),
      status: 200),
    Case(
      name: "its header without its body", headers: modern("tools/list"), body: request(), status: 400,
      code: -32602),
    Case(
      name: "its body without its header", body: request(version: "2026-07-28"), status: 400, code: -32020),
    Case(
      name: "a revision to come", headers: ["mcp-protocol-version": "2031-01-01"],
      body: request(version: "2031-01-01"), status: 400, code: -32022),
    Case(
      name: "another method in the header", headers: modern("tools/call"),
      body: request(version: "2026-07-28"),
      status: 400, code: -32020),
    Case(
      name: "a call", headers: modern("tools/call", "list"),
      body: request("tools/call", version: "2026-07-28", name: "list"),
      status: 400, code: -32602),
    Case(
      name: "a call of another name", headers: modern("tools/call", "search"),
      body: request("tools/call", version: "2026-07-28", name: "fetch"), status: 400, code: -32020),
    Case(
      name: "a call without its name", headers: modern("tools/call"),
      body: request("tools/call", version: "2026-07-28", name: "fetch"), status: 400, code: -32020),
    Case(
      name: "an encoded name", headers: modern("tools/call", "=?base64?ZmV0Y2g=?="),
      body: request("tools/call", version: "2026-07-28", extra: #""arguments":{"id":"none"}"#, name: "fetch"),
      status: 200),
    Case(
      name: "an unknown method of the new era", headers: modern("ping"),
      body: request("ping", version: "2026-07-28"),
      status: 404, code: -32601),
  ]

  @Test(arguments: cases)
  func statusAndCodeAreAsTheProtocolSays(_ test: Case) async throws {
    try await SampleCorpus.with { sample in
      let headers = ["content-type": "application/json", "accept": "application/json, text/event-stream"]
        .merging(test.headers) { $1 }
      let exchange = MCPExchange(server: sample.server) { headers[$0.lowercased()] }
      guard
        case .status(let status, let body) = await exchange.reply(
          to: Array(test.body.utf8), from: sample.caller)
      else {
        Issue.record("It was answered with events.")
        return
      }
      #expect(status == test.status)
      #expect(body?["error"]?["code"]?.integer == test.code)
      if let body, body["error"] != nil {
        let revision: Revision =
          test.headers["mcp-protocol-version"] == "2026-07-28" ? .stateless : .handshake
        let schemas = try ProtocolSchemas()
        #expect(schemas.problems(body, "JSONRPCErrorResponse", revision) == [])
      }
      if status == 202 { #expect(body == nil) }
    }
  }

  @Test func progressComesAsEventsBeforeTheResponse() async throws {
    try await SampleCorpus.with { sample in
      let headers = ["content-type": "application/json", "accept": "application/json, text/event-stream"]
      let exchange = MCPExchange(server: sample.server) { headers[$0.lowercased()] }
      let body = """
        {"jsonrpc":"2.0","id":"x","method":"tools/call","params":{"name":"ask","arguments":{"question":"What bends?"},\
        "_meta":{"progressToken":5}}}
        """
      guard case .events(let produce) = await exchange.reply(to: Array(body.utf8), from: sample.caller) else {
        Issue.record("It was answered without events.")
        return
      }
      let (stream, continuation) = AsyncStream.makeStream(of: JSONValue.self)
      try await produce { continuation.yield($0) }
      continuation.finish()
      var messages: [JSONValue] = []
      for await message in stream { messages.append(message) }
      #expect(messages.count == 4)
      #expect(messages.dropLast().allSatisfy { $0["params"]?["progressToken"] == 5 })
      #expect(messages.last?["id"] == "x" && messages.last?["result"]?["isError"] == false)
    }
  }
}
