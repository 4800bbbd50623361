import FoundationEssentials
import State

/// Who sends a request, as far as it is proven.
struct Caller: Sendable, Equatable {
  /// The account or the subject of a verified token; nil for anybody.
  var user: String?
  var email: String?
  var name: String?
  /// The key that was sent, if it is one of the state's.
  var key: APIKey?
  var isAdministrator = false
  /// The session of a page that speaks the ChatKit protocol.
  var chatKit: ChatKitSecret?
  /// The identifier of the token and when it ends, for signing out.
  var token: Token?

  struct Token: Sendable, Equatable {
    var id: String
    var expiresAt: Date
  }

  /// Whose conversations the caller sees: the proven user's, else those of the name that the request gives itself.
  func owner(named name: String?) -> Owner {
    if let user { return .user(user) }
    if let chatKit { return .named(chatKit.user) }
    return .named(name.flatMap { $0.isEmpty ? nil : $0 } ?? "anonymous")
  }

  /// Whether the caller's key is one that pages show to everybody.
  var isPublic: Bool { key.map { !$0.origins.isEmpty } ?? false }
}
