import Accounts
import HTTPServer

extension Services {
  /// Adds every route of the server.
  ///
  /// - Parameter middleware: what wraps the routes below `/api` that use the corpus or a model.
  func addRoutes(to router: Router, middleware: [any Middleware]) {
    HealthRoutes(monitor: health).add(to: router)
    MetricsRoute(metrics: metrics, size: CorpusSize(corpus)).add(to: router)
    let api = router.group("/api", middleware: middleware, bodyLimit: 1 << 20)
    AuthRoutes(callers: callers, limits: limits, accounts: state.accounts, signIn: signIn).add(to: api)
    KeyRoutes(callers: callers, ring: KeyRing(store: state.accounts)).add(to: api)
    SearchRoute(searcher: searcher).add(to: api)
    ChatRoute(answerer: answerer).add(to: api)
  }
}
