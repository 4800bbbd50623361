import FoundationEssentials

/// What a short-lived secret of our own says of the page that holds it.
struct ChatKitSecret: Codable, Equatable {
  /// Begins every secret, so that people and scanners recognise one.
  static let prefix = "fcs_"
  /// As OpenAI's live by default, in seconds.
  static let lifetime = 600
  /// How long after its end a secret can still be exchanged for a new one, in seconds.
  static let renewal = 86_400

  private static let purpose = "chatkit"

  var session: String
  var user: String
  var thread: String?
  /// Seconds since 1970.
  var expiresAt: Int

  enum CodingKeys: String, CodingKey {
    case session = "s"
    case user = "u"
    case thread = "t"
    case expiresAt = "e"
  }

  /// The secret as a page gets it.
  func text(_ key: SigningKey) throws -> String {
    Self.prefix + key.signed(try JSONEncoder().encode(self), for: Self.purpose)
  }

  init(session: String, user: String, thread: String?, now: Date = Date()) {
    self.session = session
    self.user = user
    self.thread = thread
    expiresAt = Int(now.timeIntervalSince1970) + Self.lifetime
  }

  /// What `text` says; nil if this server did not sign it, or if it ended more than `leeway` seconds ago.
  init?(_ text: String, key: SigningKey, leeway: Int = 0, now: Date = Date()) {
    guard text.hasPrefix(Self.prefix),
      let payload = key.payload(of: String(text.dropFirst(Self.prefix.count)), for: Self.purpose),
      let secret = try? JSONDecoder().decode(ChatKitSecret.self, from: Data(payload)),
      Int(now.timeIntervalSince1970) < secret.expiresAt + leeway
    else { return nil }
    self = secret
  }
}
