import Commands
import HTTPClient
import HTTPServer
import MCP
import Setup

/// What `ragserver` can do.
enum ServerProgram {
  static let version = "0.1.0"

  static let host = Option(
    "host", .text.named("ADDRESS"), default: "127.0.0.1", environment: "HOST",
    "Address to listen on; 0.0.0.0 for every one of this machine.")
  static let port = Option(
    "port", .port, default: 8080, environment: "PORT", "Port to listen on; 0 for any that is free.")
  static let database = Option(
    "db", .path, default: "footnote.db", environment: "FOOTNOTE_DB",
    "The corpus file; QDRANT_URL counts for more than its default.")
  static let state = Option(
    "state", .path, environment: "FOOTNOTE_STATE", shownDefault: "state.db beside the corpus",
    "The file of conversations, accounts and limits; made if there is none.")
  static let model = Option(
    "model", .text.named("MODEL"), shownDefault: "the corpus's own",
    "Embedding model: the name or folder of a local one, or one of OpenAI's or Cohere's.")

  static let program = Program(
    Command(
      "ragserver", "Answer questions over a corpus by HTTP, each sentence with a footnote.",
      discussion: """
        Serves the corpus that 'ingest add' made, and sees what is added later without a restart. SIGTERM or Ctrl-C \
        lets running requests finish and stops; a second one stops at once.
        """,
      parameters: [host, port, database, state, model],
      variables: [
        EnvironmentVariable("CORS_ORIGINS", "Sites whose pages may call, separated by commas, or *."),
        EnvironmentVariable("REQUEST_TIMEOUT", "How long one request may take; 30s by default."),
        EnvironmentVariable("MCP_CONFIG", "File that names MCP servers whose tools the chat model may call."),
        EnvironmentVariable("TOOLS", "off: the chat model calls no tools."),
        EnvironmentVariable("UPLOAD_LIMIT", "Largest request with documents; 64MB by default."),
        EnvironmentVariable("LOG_LEVEL", "debug, info, warning or error; info by default."),
        EnvironmentVariable("LOG_FORMAT", "text or json; text by default."),
      ] + Output.variables + StateSetup.variables + EmbeddingSetup.variables + ChatSetup.variables
        + FallbackSetup.variables + RerankSetup.variables + GroundingSetup.variables + ChatVariables.all
        + ChatKitSetup.variables + CorpusSetup.variables
        + AccountPolicy.variables + LimitSettings.variables + RetentionSetting.variables
        + DescriptionSetup.variables,
      examples: [
        Example("Serve the corpus of this folder", "ragserver"),
        Example("Serve another one to the network", "ragserver --db book.db --host 0.0.0.0 --port 80"),
      ],
      commands: [
        CheckCommand.command, HealthCommand.command, OpenAPICommand.command, UserCommand.command,
        KeyCommand.command, DoctorCommand.command,
        GapsCommand.command,
      ], run: serve),
    version: version, knownVariables: KnownVariables.names)

  /// Serves until its task is cancelled, which is what a signal does.
  private static func serve(_ invocation: Invocation) async throws -> ExitCode {
    try ChatVariables.check(invocation.settings, invocation.log)
    let application = try await buildApplication(configuration: configuration(invocation))
    let address = try application.server.start()
    for finding in DoctorCommand.examination(invocation).findings() where finding.status == .warning {
      invocation.log.warning("\(finding.check): \(finding.detail) \(finding.repair ?? "")")
    }
    try invocation.output.line("Ready at http://\(address)")
    await application.run()
    return .success
  }

  private static func configuration(_ invocation: Invocation) throws -> ApplicationConfiguration {
    let settings = invocation.settings
    let client = HTTPClient()
    let setup = EmbeddingSetup(settings: settings, client: client)
    let chat = ChatSetup(settings: settings, client: client)
    let name = invocation[model]
    var configuration = ApplicationConfiguration(
      database: invocation[database], log: invocation.log.showingTime(), settings: settings
    ) { try await setup.model(name, corpus: $0) }
    configuration.client = client
    let rerank = RerankSetup(settings: settings, client: client)
    configuration.reranker = { try rerank.reranker() }
    configuration.sentences = try rerank.sentences()
    configuration.selection = try rerank.selection()
    configuration.chatModel = { try chat.model() }
    configuration.state.path = invocation[state]
    let corpora = CorpusSetup(settings: settings, client: client)
    let place = try corpora.place(
      file: invocation[database], isExplicit: invocation.arguments.origin(of: database) == .commandLine)
    configuration.corpus = { try await corpora.open(place, access: $0) }
    configuration.vectors = try corpora.vectors
    if case .qdrant = place { configuration.isCorpusShared = true }
    try configuration.readLimits(settings)
    // Read again with each document, and each hour; a mistake shall show at once.
    _ = try DescriptionSetup.limit(settings)
    _ = try RetentionSetting.read(settings)
    configuration.server.host = invocation[host]
    configuration.server.port = invocation[port]
    configuration.origins = try settings.read("CORS_ORIGINS", .origins)
    if let limit = try settings.read("UPLOAD_LIMIT", .byteCount) { configuration.uploadLimit = limit }
    if let limit = try settings.read("REQUEST_TIMEOUT", .duration(in: .seconds(1)...(.seconds(3600)))) {
      configuration.requestTimeout = limit
    }
    if let path = try settings.path("MCP_CONFIG") {
      do {
        configuration.externalServers = try MCPConfiguration(path: path) { settings[$0] }
      } catch let error as MCPConfigurationError {
        throw UsageError(error.message)
      }
    }
    return configuration
  }
}
