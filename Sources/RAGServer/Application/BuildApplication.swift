import Accounts
import Answering
import HTTPServer
import Health
import MCP
import Models
import Retrieval
import Setup
import State

/// Opens the corpus, loads the model and puts the routes together; nothing listens yet.
///
/// - Throws: `CorpusError` if the corpus is missing or was embedded with another model; the model's error if
///   it cannot be loaded.
func buildApplication(configuration: ApplicationConfiguration) async throws -> Application {
  let opened = try await configuration.corpus(.read)
  let model = try await configuration.model(try await opened.fingerprint)
  // One that is no file is never put in the place of another.
  let replaceable =
    opened is Corpus
    ? ReplaceableCorpus(opened, model: model.fingerprint, vectors: configuration.vectors) {
      try await configuration.corpus(.read)
    } : nil
  let corpus: any CorpusStore = replaceable ?? opened
  let metrics = Metrics()
  let measured = MeasuredEmbeddingModel(base: model, metrics: metrics)
  let reranker = try configuration.reranker()
  let searcher = try await Searcher(
    corpus: corpus, model: measured, vectors: configuration.vectors,
    extras: Searcher.Extras(
      reranker: reranker?.measured(metrics), sentences: configuration.sentences?.measured(metrics),
      selection: configuration.selection, observe: metrics.searched))
  let state = try await configuration.state.open()
  let queue = LogQueue()
  let requests = RequestLog(log: configuration.log, queue: queue)
  let external = MCPConnections(
    configuration.externalServers, environment: configuration.childEnvironment, http: configuration.client,
    log: requests.externalServer)
  let health = HealthMonitor(
    checks: healthChecks(
      of: corpus, model, searcher, reranker, chat: configuration.chatModel, state, external),
    deadline: configuration.checkDeadline, lifetime: configuration.healthLifetime)
  let router = makeRouter(configuration, state, metrics, requests)
  let limits = Limits(settings: configuration.settings, state: state, requests: requests)
  let answerer = Answerer(searcher: searcher, rewriter: StandardRewriter())
  let models = ChatModels(
    settings: configuration.settings,
    setup: ChatSetup(settings: configuration.settings, client: configuration.client), metrics: metrics)
  let reports = ReportVolume()
  let intake = Intake(
    model: measured, models: models, limits: limits, records: state.records,
    settings: configuration.settings, report: requests.note)
  var chat = ChatService(
    answerer: answerer, state: state, models: models,
    instructions: SystemPrompt(settings: configuration.settings), settings: configuration.settings,
    requestTimeout: configuration.requestTimeout, report: requests.note, limits: limits)
  let tools = ToolBox(
    searcher: searcher, records: state.records, external: external, settings: configuration.settings,
    report: requests.toolFailed)
  chat.turn = { tools.turn(for: $0, filter: $1) }
  let uploads = UploadWorker(
    store: UploadStore(records: state.records), corpus: uploadTarget(configuration, corpus, intake),
    log: configuration.log, queue: queue, metrics: metrics)
  let signing = try await SigningKey.load(settings: configuration.settings, records: state.records)
  let callers = Callers(
    settings: configuration.settings, state: state, signing: signing, requests: requests)
  let services = Services(
    settings: configuration.settings, corpus: corpus, model: measured, searcher: searcher,
    answerer: answerer, chat: chat, state: state, health: health, metrics: metrics,
    requests: requests, callers: callers, limits: limits, signIn: SignIn(state: state),
    signingKey: signing, uploads: uploads, intake: intake, reports: reports, configuration: configuration)
  services.addRoutes(
    to: router,
    middleware: [
      Deadline(configuration.requestTimeout), FailureTranslation(report: requests.report),
      Admission(
        callers: callers, limits: limits,
        embedsRemotely: ["openai", "cohere"].contains(model.fingerprint.provider),
        reranksRemotely: reranker?.model is CohereRerankModel),
      SameModel(corpus: corpus, model: model.fingerprint),
    ])
  OpenAPIRoute().add(to: router)
  let server = HTTPServer(configuration: configuration.server, handler: router.build())
  metrics.observe(server)
  external.start()
  await uploads.start()
  let watch = replaceable.map {
    CorpusWatch(corpus: $0, interval: configuration.corpusInterval, log: configuration.log, queue: queue)
  }
  await watch?.start()
  let removal = RecordRemoval(
    settings: configuration.settings, records: state.records, reports: reports, log: configuration.log,
    queue: queue)
  await removal.start()
  let memory = MemoryReturn(.current { [weak server] in (server?.requestCount ?? 0) > 0 })
  await memory.start()
  return Application(
    server: server, lastCall: chat.lastCall, index: searcher.index, routes: router.routes, uploads: uploads,
    state: state, external: external, watch: watch, memory: memory, removal: removal,
    reports: reports, log: queue, grace: configuration.grace)
}

/// A check of each part of the service.
private func healthChecks(
  of corpus: any CorpusStore, _ model: any EmbeddingModel, _ searcher: Searcher, _ reranker: Reranker?,
  chat: @escaping @Sendable () throws -> (any ChatModel)?, _ state: State, _ external: MCPConnections
) -> [any HealthCheck] {
  let always: [any HealthCheck] = [
    CorpusCheck(corpus: corpus, model: model.fingerprint),
    EmbeddingCheck(model: model, outage: searcher.outage),
    ChatProviderCheck(model: chat),
  ]
  let optional: [(any HealthCheck)?] = [
    reranker.map { RerankCheck(model: $0.model, outage: $0.outage) }, QdrantCheck(corpus: corpus),
  ]
  return always + state.parts.map { StateCheck(part: $0) } + ExternalServerCheck.all(external)
    + optional.compactMap(\.self)
}

/// A router without routes, with what stands around all of them.
private func makeRouter(
  _ configuration: ApplicationConfiguration, _ state: State, _ metrics: Metrics, _ requests: RequestLog
) -> Router {
  Router(
    middleware: StandardMiddleware.make(
      cors: CORS(
        origins: configuration.origins ?? .only([]),
        exposedHeaders: [RequestID.header, "Retry-After"] + Limits.headerNames,
        hint: "Add the site to CORS_ORIGINS and restart the server.",
        allows: KeyOrigins(accounts: state.accounts).allows),
      accessLog: { entry in
        metrics.record(entry)
        requests.record(entry)
      }, reportError: requests.report,
      additional: [
        StreamCount(metrics: metrics), CrossSiteRequests(origins: configuration.origins),
        OpenAIErrors(report: requests.report),
      ]), notFoundHint: "GET /openapi.json describes every route there is, and /docs shows it.")
}

/// The corpus as uploads are taken into it.
private func uploadTarget(
  _ configuration: ApplicationConfiguration, _ corpus: any CorpusStore, _ intake: Intake
) -> UploadWorker.Target {
  UploadWorker.Target(
    name: configuration.isCorpusShared
      ? corpus.location : UploadWorker.name(ofCorpusAt: configuration.database),
    isExclusive: !configuration.isCorpusShared, lease: configuration.uploadLease,
    lock: configuration.ingestLock,
    open: { try await configuration.corpus(.write) }, intake: intake)
}
