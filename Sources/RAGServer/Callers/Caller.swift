import State

/// Who sends a request, as far as it is proven.
struct Caller: Sendable, Equatable {
  /// The account or the subject of a verified token; nil for anybody.
  var user: String?
  /// The key that was sent, if it is one of the state's.
  var key: APIKey?
  var isAdministrator = false

  /// Whose conversations the caller sees: the proven user's, else those of the name that the request gives itself.
  func owner(named name: String?) -> Owner {
    if let user { return .user(user) }
    return .named(name.flatMap { $0.isEmpty ? nil : $0 } ?? "anonymous")
  }
}
