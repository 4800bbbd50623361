/// Whose a conversation, a task or a rating is. Owners of different kinds never see each other's, even where the
/// names are the same.
public enum Owner: Sendable, Hashable, Codable {
  /// An account, or the subject of a verified token.
  case user(String)
  /// Somebody who said this name without proof, `anonymous` by default.
  case named(String)
  /// The holder of a signed session, such as a cookie.
  case session(String)

  /// The form in which stores keep it: `user:ann`, `named:anonymous`, `session:…`.
  public var key: String {
    switch self {
    case .user(let id): "user:\(id)"
    case .named(let name): "named:\(name)"
    case .session(let id): "session:\(id)"
    }
  }

  /// What exports and logs call the owner.
  public var name: String {
    switch self {
    case .user(let name), .named(let name), .session(let name): name
    }
  }

  /// The owner with this `key`; nil for any other text.
  public init?(key: String) {
    guard let colon = key.firstIndex(of: ":") else { return nil }
    let name = String(key[key.index(after: colon)...])
    switch key[..<colon] {
    case "user": self = .user(name)
    case "named": self = .named(name)
    case "session": self = .session(name)
    default: return nil
    }
  }
}
