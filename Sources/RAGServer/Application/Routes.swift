import HTTPServer
import Setup

extension Services {
  /// Adds every route of the server.
  ///
  /// - Parameter middleware: what wraps the routes below `/api` that use the corpus or a model.
  func addRoutes(to router: Router, middleware: [any Middleware]) {
    HealthRoutes(monitor: health).add(to: router)
    MetricsRoute(metrics: metrics, size: CorpusSize(corpus)).add(to: router)
    let api = router.group("/api", middleware: middleware, bodyLimit: 1 << 20)
    DocumentRoutes(
      corpus: corpus, uploads: UploadStore(records: state.records), worker: uploads, callers: callers,
      uploadLimit: configuration.uploadLimit, lock: configuration.ingestLock
    ).add(to: api)
    let chatKit = ChatKitSetup(settings: settings, client: configuration.client)
    let plain = router.group(
      "/api", middleware: middleware.filter { !($0 is SameModel) }, bodyLimit: 1 << 20)
    ChatKitSessionRoutes(
      key: signingKey, callers: callers, records: state.records, hosted: { chatKit.sessions() }
    ).add(to: plain.group(middleware: [PublicLimit(limits: state.limits)]))
    AnalyticsRoutes(callers: callers, records: state.records, limits: state.limits).add(to: plain)
    GapsRoute(callers: callers, source: GapSource(records: state.records), model: model).add(to: api)
    SearchRoute(searcher: searcher).add(to: api)
    ChatRoute(answerer: answerer).add(to: api)
  }
}
