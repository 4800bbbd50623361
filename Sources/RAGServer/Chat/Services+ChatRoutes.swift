import HTTPServer

extension Services {
  /// Adds the chat APIs.
  ///
  /// - Parameters:
  ///   - api: routes below `/api`.
  ///   - middleware: what wraps every other route that uses the corpus or a model.
  func addChatRoutes(to router: Router, api: RouteGroup, middleware: [any Middleware]) {
    let failures = FailureTranslation(report: requests.report)
    let cookies = SessionCookie(signing: signingKey)
    ChatRoute(chat: chat, callers: callers, failures: failures).add(to: api)
    SessionRoutes(chat: chat, callers: callers, failures: failures).add(to: api)
    ConversationRoutes(state: state, callers: callers, cookies: cookies).add(to: api)
    FeedbackRoute(state: state, callers: callers, cookies: cookies).add(to: api)
    let root = router.group("", middleware: middleware, bodyLimit: 1 << 20)
    CookieChatRoute(chat: chat, callers: callers, cookies: cookies, failures: failures).add(to: root)
    ChatKitRoute(
      threads: ChatKitThreads(state: state), chat: chat, callers: callers, limits: limits, failures: failures
    ).add(to: root)
    let openAI = router.group("/v1", middleware: middleware, bodyLimit: 8 << 20)
    OpenAIAnswerRoutes(chat: chat, callers: callers, failures: failures).add(to: openAI)
    OpenAIModelRoutes(models: chat.models, embedding: model).add(to: openAI)
    EmbeddingsRoute(model: model).add(to: openAI)
  }
}
