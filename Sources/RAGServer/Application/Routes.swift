import Accounts
import HTTPServer
import Retrieval
import Setup

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
    DocumentRoutes(
      corpus: corpus, uploads: UploadStore(records: state.records), worker: uploads, intake: intake,
      callers: callers, uploadLimit: configuration.uploadLimit, lock: configuration.ingestLock
    ).add(to: api)
    let chatKit = ChatKitSetup(settings: settings, client: configuration.client)
    let plain = router.group(
      "/api", middleware: middleware.filter { !($0 is SameModel) }, bodyLimit: 1 << 20)
    ChatKitSessionRoutes(
      key: signingKey, callers: callers, records: state.records, hosted: { try chatKit.sessions() }
    ).add(to: plain.group(middleware: [PublicLimit(limits: limits)]))
    AnalyticsRoutes(callers: callers, records: state.records, limits: limits, reports: reports).add(to: plain)
    GapsRoute(callers: callers, source: GapSource(records: state.records), model: model).add(to: api)
    SearchRoute(searcher: searcher, settings: settings, requests: requests, accounts: searchAccounts)
      .add(to: api)
    addChatRoutes(to: router, api: api, middleware: middleware)
    mcpRoute().add(
      to: router.group(
        middleware: [MCPOrigin(allowed: configuration.origins)] + middleware, bodyLimit: 4 << 20))
    PageRoutes().add(to: router)
    PassageRoute(corpus: corpus).add(to: api)
    SuggestionRoute(suggestions: Suggestions(searcher: searcher)).add(to: api)
    UsageRoute(state: state, callers: callers).add(to: plain)
    HealthHistoryRoute(monitor: health, sampling: HealthSampling(monitor: health), callers: callers)
      .add(to: plain)
    ConversationLogRoutes(state: state, callers: callers).add(to: plain)
    RereadRoute(
      corpus: corpus, uploads: UploadStore(records: state.records), worker: uploads, intake: intake,
      callers: callers, lock: configuration.ingestLock,
      open: { [corpus = configuration.corpus] in try await corpus(.write) }
    ).add(to: api)
  }
}
