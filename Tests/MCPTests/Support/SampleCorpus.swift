import Answering
import Models
import Retrieval
import State
import TestSupport

@testable import MCP

/// A server over three documents.
struct SampleCorpus {
  static let documents = [
    "arm.md": "# Arm\n\nThe elbow joint bends the arm by 150 degrees.",
    "leg.md": "# Leg\n\nThe knee joint bends the leg by 120 degrees. Ünïcode stays whole.",
    "eye.md": "# Eye\n\nA camera looks at the world through a lens.",
  ]

  let server: MCPServer
  let caller: MCPCaller
  let corpus: Corpus
  let directory: String

  static func with(
    chat: (any ChatModel)? = nil, tools extra: [any Tool] = [], owner: Owner? = nil,
    _ body: (SampleCorpus) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory { directory in
      for (name, text) in documents { try write(text, to: "\(directory)/docs/\(name)") }
      let model = HashingEmbeddingModel(dimensions: 512)
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let indexer = Indexer(corpus: corpus, model: model, loader: DocumentReader())
      _ = try await indexer.run(.walk([directory + "/docs"]))
      let searcher = try await Searcher(corpus: corpus, model: model)
      var options = MCPServer.Options(version: "1.2.3")
      options.pageSize = 2
      let tools: [any Tool] = [
        SearchTool(searcher: searcher), FetchTool(corpus: corpus),
        AskTool(answerer: Answerer(searcher: searcher, chat: chat)),
      ]
      try await body(
        SampleCorpus(
          server: MCPServer(options: options, documents: DocumentResources(corpus: corpus)) { _, _ in },
          caller: MCPCaller(owner: owner, tools: tools + extra), corpus: corpus, directory: directory))
    }
  }

  /// What `_meta` of a request without handshake holds.
  static let meta: JSONValue = [
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": [:],
    "io.modelcontextprotocol/clientInfo": ["name": "test", "version": "1"],
  ]

  /// The response to a request, by the rules of `revision`.
  func ask(
    _ method: String, _ params: [String: JSONValue] = [:], _ revision: Revision = .handshake
  ) async -> RPCResponse {
    var params = params
    if revision == .stateless { params["_meta"] = Self.meta }
    return await server.respond(to: RPCRequest(id: .number(7), method: method, params: params), for: caller)
  }

  func result(
    _ method: String, _ params: [String: JSONValue] = [:], _ revision: Revision = .handshake
  ) async throws -> JSONValue {
    try await ask(method, params, revision).outcome.get()
  }

  func call(
    _ tool: String, _ arguments: JSONValue, _ revision: Revision = .handshake
  ) async throws -> JSONValue {
    try await result("tools/call", ["name": .string(tool), "arguments": arguments], revision)
  }
}

/// A tool that does what a closure says.
struct ClosureTool: Tool {
  let definition: ChatTool
  let work: @Sendable (JSONValue, ToolContext) async throws -> JSONValue

  init(_ name: String, _ work: @escaping @Sendable (JSONValue, ToolContext) async throws -> JSONValue) {
    definition = ChatTool(name: name, description: "A test.", parameters: ["type": "object"])
    self.work = work
  }

  func call(_ arguments: JSONValue, _ context: ToolContext) async throws -> JSONValue {
    try await work(arguments, context)
  }
}
