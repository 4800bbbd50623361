import HTTPServer
import State

/// Who may use a route, and what it counts as.
struct Access: Sendable, Equatable {
  /// A key needs one of these.
  var scopes: Set<APIKey.Scope>
  /// Whether keys that pages show to everybody may.
  var isPublic = false
  var meter: Limits.Meter?

  /// Whether nobody may without an administrator's proof or a key of a scope.
  var needsProof: Bool { scopes.isSubset(of: [.ingest, .admin]) }

  static let administration = Access(scopes: [.admin])
  /// A question, which costs a model call.
  static let question = Access(scopes: [.chat], isPublic: true, meter: .model)
  /// What belongs to a question and costs nothing.
  static let besides = Access(scopes: [.chat], isPublic: true)
  /// What belongs to one person: their conversations, tasks and ratings.
  static let own = Access(scopes: [.chat])
  static let search = Access(scopes: [.search], isPublic: true)
}

extension Access {
  /// The access of the route that answers `request`, for the routes that `Admission` guards. Those not named here are
  /// for whoever may chat, but not from a page.
  static func of(_ request: Request, embedsRemotely: Bool, reranksRemotely: Bool) -> Access? {
    let route = request.route ?? ""
    switch route {
    case "/api/chat", "/api/chat/chat", "/chat", "/v1/chat/completions", "/v1/responses":
      return .question
    case "/api/chat/sessions", "/api/chatkit/session", "/api/suggestions", "/v1/models": return .besides
    // The secret that is exchanged is the proof.
    case "/api/chatkit/refresh": return nil
    // Its questions are counted where they are told from the rest.
    case "/chatkit": return .besides
    case "/api/search", "/v1/embeddings":
      var access = Access.search
      // A model of our own costs nobody anything.
      if embedsRemotely || (reranksRemotely && route == "/api/search") { access.meter = .model }
      return access
    // Whoever may search may see what was found in its place.
    case "/api/passage", "/api/documents/{id}/text": return Access(scopes: [.chat, .search], isPublic: true)
    // Most of its requests cost nothing; its tool `ask` is counted where it runs.
    case "/mcp": return Access(scopes: [.chat, .search])
    case "/api/feedback":
      return request.method == .post ? Access(scopes: [.chat], isPublic: true, meter: .event) : .own
    case "/api/errors", "/api/analytics/message", "/api/analytics/thread-change":
      // Pages report their errors before anybody signs in; the routes have a limit of their own.
      return request.method == .post ? nil : .administration
    default:
      if route.hasPrefix("/api/documents") { return Access(scopes: [.ingest]) }
      if route.hasPrefix("/api/keys") || route == "/api/conversations/export" { return .administration }
      if route.hasPrefix("/api/auth/") { return nil }
      return .own
    }
  }
}
