import Answering
import Commands
import HTTPClient
import MCP
import Models
import Setup

/// `ingest mcp`: the corpus for desktop clients of the Model Context Protocol.
enum MCPCommand {
  static let command = Command(
    "mcp", "Serve the corpus to a desktop client over standard input and output.",
    discussion: """
      Speaks the Model Context Protocol: clients such as Claude Desktop, Cursor or VS Code start this command and may \
      then search, read and ask the documents. Standard output belongs to the protocol; logs go to standard error.
      """,
    parameters: [CorpusOptions.database, CorpusOptions.model],
    variables: ChatSetup.variables + FallbackSetup.variables + GroundingSetup.variables,
    examples: [Example("What a client's configuration names", "ingest mcp --db /home/ann/notes.db")], run: run
  )

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let searcher = try await CorpusOptions.searcher(invocation)
    let chat = try ChatSetup(settings: invocation.settings, client: HTTPClient()).model()
    let answerer = Answerer(searcher: searcher, chat: chat)
    let fallsBack = try FallbackSetup.read(invocation.settings)
    let unsupported = try GroundingSetup.unsupported(invocation.settings)
    let log = invocation.log
    let server = MCPServer(
      options: MCPServer.Options(version: IngestProgram.version),
      documents: DocumentResources(corpus: searcher.corpus)
    ) { tool, reason in log.error("\(tool) failed: \(reason)") }
    let tools: [any Tool] = [
      SearchTool(searcher: searcher, fallsBack: fallsBack), FetchTool(corpus: searcher.corpus),
      AskTool { request, _ in
        var request = request
        request.options.fallsBack = fallsBack
        request.options.unsupported = unsupported
        return answerer.stream(request)
      },
    ]
    let output = invocation.output
    let lines = MCPLineServer(server: server, caller: MCPCaller(tools: tools)) { line in
      // A client that has gone reads nothing; the end of its input ends the program.
      do throws(OutputError) { try output.line(line) } catch { log.debug("The client has gone: \(error)") }
    }
    try await lines.run(InputLines())
    return .success
  }
}
