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

  /// Why the user is believed to be who they are.
  enum Proof: Codable, Equatable {
    /// Somebody said the name: it opens conversations by their ids, and lists those of the session alone.
    case none
    /// A program with a key said it, or the name was made here and told to nobody else.
    case vouched
    /// A token that was valid until then, in seconds since 1970.
    case token(id: String?, until: Int)
  }

  var session: String
  var user: String
  var thread: String?
  /// Seconds since 1970.
  var expiresAt: Int
  var proof: Proof
  /// Id of the API key by which the session was begun.
  var key: String?

  enum CodingKeys: String, CodingKey {
    case session = "s"
    case user = "u"
    case thread = "t"
    case expiresAt = "e"
    case proof = "p"
    case key = "k"
  }

  /// Seconds since 1970.
  var issuedAt: Int { expiresAt - Self.lifetime }

  /// The secret as a page gets it.
  func text(_ key: SigningKey) throws -> String {
    Self.prefix + key.signed(try JSONEncoder().encode(self), for: Self.purpose)
  }

  init(
    session: String, user: String, thread: String?, proof: Proof = .none, key: String? = nil,
    now: Date = Date()
  ) {
    self.session = session
    self.user = user
    self.thread = thread
    self.proof = proof
    self.key = key
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

extension ChatKitSecret {
  /// The same session for another while.
  func renewed() -> ChatKitSecret {
    ChatKitSecret(session: session, user: user, thread: thread, proof: proof, key: key)
  }

  /// A name for somebody who gives none.
  static func freshName() -> String { "user_\(UUID().uuidString.lowercased())" }

  /// Whether `name` is one that `freshName` may have made: nobody can guess another's.
  static func isFreshName(_ name: String) -> Bool {
    name.hasPrefix("user_") && UUID(uuidString: String(name.dropFirst(5))) != nil
  }
}
