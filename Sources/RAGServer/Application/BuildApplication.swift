import Answering
import HTTPServer
import Health
import Retrieval

/// Opens the corpus, loads the model and puts the routes together; nothing listens yet.
///
/// - Throws: `CorpusError` if the corpus is missing or was embedded with another model; the model's error if
///   it cannot be loaded.
func buildApplication(configuration: ApplicationConfiguration) async throws -> Application {
  let corpus = try Corpus(path: configuration.database, access: .read)
  let model = try configuration.model(try await corpus.fingerprint)
  let metrics = Metrics()
  let measured = MeasuredEmbeddingModel(base: model, metrics: metrics)
  let searcher = try await Searcher(corpus: corpus, model: measured, observe: metrics.searched)
  let state = try await configuration.state.open()
  let health = HealthMonitor(
    checks: [
      CorpusCheck(corpus: corpus, model: model.fingerprint), EmbeddingCheck(model: model),
      ChatProviderCheck(model: configuration.chatModel),
    ] + state.parts.map { StateCheck(part: $0) as any HealthCheck },
    deadline: configuration.checkDeadline, lifetime: configuration.healthLifetime)

  let queue = LogQueue()
  let requests = RequestLog(log: configuration.log, queue: queue)
  let router = Router(
    middleware: StandardMiddleware.make(
      cors: configuration.origins.map {
        CORS(origins: $0, hint: "Add the site to CORS_ORIGINS and restart the server.")
      },
      accessLog: { entry in
        metrics.record(entry)
        requests.record(entry)
      }, reportError: requests.report, additional: [StreamCount(metrics: metrics)]))
  let uploads = UploadWorker(
    store: UploadStore(records: state.records),
    corpus: UploadWorker.Target(
      name: UploadWorker.name(ofCorpusAt: configuration.database), lock: configuration.ingestLock,
      open: { [path = configuration.database] in try Corpus(path: path, access: .write) }, model: measured),
    log: configuration.log, queue: queue, metrics: metrics)
  let services = Services(
    settings: configuration.settings, corpus: corpus, model: measured, searcher: searcher,
    answerer: Answerer(searcher: searcher, rewriter: StandardRewriter()), state: state, health: health,
    metrics: metrics,
    requests: requests,
    callers: Callers(settings: configuration.settings),
    signingKey: try await SigningKey.load(settings: configuration.settings, records: state.records),
    uploads: uploads, configuration: configuration)
  services.addRoutes(
    to: router,
    middleware: [
      Deadline(configuration.requestTimeout), FailureTranslation(report: requests.report),
      SameModel(corpus: corpus, model: model.fingerprint),
    ])
  OpenAPIRoute().add(to: router)
  let server = HTTPServer(configuration: configuration.server, handler: router.build())
  metrics.observe(server)
  await uploads.start()
  return Application(
    server: server, routes: router.routes, uploads: uploads, state: state, log: queue,
    grace: configuration.grace)
}
