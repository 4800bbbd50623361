import Answering
import HTTPServer
import Retrieval

/// Opens the corpus, loads the model and puts the routes together; nothing listens yet.
///
/// - Throws: `CorpusError` if the corpus is missing or was embedded with another model; the model's error if
///   it cannot be loaded.
func buildApplication(configuration: ApplicationConfiguration) async throws -> Application {
  let corpus = try Corpus(path: configuration.database, access: .read)
  let model = try configuration.model(try await corpus.fingerprint)
  let searcher = try await Searcher(corpus: corpus, model: model)
  let state = try await configuration.state.open()
  let health = HealthMonitor(
    checks: [CorpusCheck(corpus: corpus, model: model.fingerprint), EmbeddingCheck(model: model)]
      + state.parts.map { StateCheck(part: $0) as any HealthCheck },
    deadline: configuration.checkDeadline, lifetime: configuration.healthLifetime)

  let queue = LogQueue()
  let requests = RequestLog(log: configuration.log, queue: queue)
  let router = Router(
    middleware: StandardMiddleware.make(
      cors: configuration.origins.map {
        CORS(origins: $0, hint: "Add the site to CORS_ORIGINS and restart the server.")
      },
      accessLog: requests.record, reportError: requests.report))
  let services = Services(
    settings: configuration.settings, corpus: corpus, model: model, searcher: searcher,
    answerer: Answerer(searcher: searcher), state: state, health: health, requests: requests,
    callers: Callers(settings: configuration.settings))
  services.addRoutes(
    to: router,
    middleware: [
      Deadline(configuration.requestTimeout), FailureTranslation(report: requests.report),
      SameModel(corpus: corpus, model: model.fingerprint),
    ])
  return Application(
    server: HTTPServer(configuration: configuration.server, handler: router.build()), state: state,
    log: queue,
    grace: configuration.grace)
}
