import Cryptography
import FoundationEssentials
import HTTPServer
import Models
import State

/// `POST /api/chatkit/session` and `/api/chatkit/refresh`: secrets by which a page may use ChatKit, from OpenAI where
/// a workflow is configured, else our own.
struct ChatKitSessionRoutes {
  private struct SessionRequest: Decodable {
    var userID: String?
    var threadID: String?

    enum CodingKeys: String, CodingKey {
      case userID = "user_id"
      case threadID = "thread_id"
    }
  }

  private struct RefreshRequest: Decodable {
    var token: String?
    var clientSecret: String?

    enum CodingKeys: String, CodingKey {
      case token
      case clientSecret = "client_secret"
    }
  }

  struct SessionReply: Codable, Equatable {
    var clientSecret: String
    /// Seconds since 1970.
    var expiresAt: Int
    var expiresIn: Int
    var sessionID: String
    var userID: String
    var threadID: String?
    /// Whether the secret is OpenAI's.
    var hosted: Bool

    enum CodingKeys: String, CodingKey {
      case hosted
      case clientSecret = "client_secret"
      case expiresAt = "expires_at"
      case expiresIn = "expires_in"
      case sessionID = "session_id"
      case userID = "user_id"
      case threadID = "thread_id"
    }
  }

  private static let hostedKind = "chatkit_session"

  let key: SigningKey
  let callers: Callers
  let records: any RecordStore
  /// OpenAI's, as the settings say now; nil for our own.
  let hosted: @Sendable () -> ChatKitSessions?

  func add(to api: RouteGroup<Void>) {
    api.post("/chatkit/session") { request in
      let body = request.body.isEmpty ? SessionRequest() : try request.decodeJSON(SessionRequest.self)
      let caller = try await callers.caller(of: request)
      let user = try caller.user ?? Self.name(body.userID, field: "user_id") ?? Self.fresh("user")
      return try .reply(
        try await session(user: user, thread: try Self.name(body.threadID, field: "thread_id")))
    }
    api.post("/chatkit/refresh") { request in
      let body = request.body.isEmpty ? RefreshRequest() : try request.decodeJSON(RefreshRequest.self)
      guard let token = request.query["token"] ?? body.token ?? body.clientSecret, !token.isEmpty else {
        throw HTTPError.badRequest(
          "token: missing", hint: "Send the secret that is about to end as ?token= or {\"token\"}.")
      }
      return try .reply(try await refreshed(token))
    }
  }

  private func session(user: String, thread: String?) async throws -> SessionReply {
    guard let hosted = hosted() else {
      let secret = ChatKitSecret(session: Self.fresh("cks"), user: user, thread: thread)
      return SessionReply(
        clientSecret: try secret.text(key), expiresAt: secret.expiresAt, expiresIn: ChatKitSecret.lifetime,
        sessionID: secret.session, userID: user, threadID: thread, hosted: false)
    }
    let session = try await hosted.create(user: user)
    // OpenAI's secret does not say whose it is, and only its hash is kept.
    try await records.add(
      Record(
        id: Self.record(of: session.clientSecret), kind: Self.hostedKind, createdAt: Date(),
        content: ["user": .string(user), "thread": thread.map { .string($0) } ?? .null]))
    return SessionReply(
      clientSecret: session.clientSecret, expiresAt: session.expiresAt,
      expiresIn: max(0, session.expiresAt - Int(Date().timeIntervalSince1970)), sessionID: session.id,
      userID: user, threadID: thread, hosted: true)
  }

  private func refreshed(_ token: String) async throws -> SessionReply {
    if let secret = ChatKitSecret(token, key: key, leeway: ChatKitSecret.renewal) {
      return try await session(user: secret.user, thread: secret.thread)
    }
    let record = try await records.record(Self.record(of: token))
    guard let record, record.kind == Self.hostedKind, let user = record.content["user"]?.string,
      record.createdAt.timeIntervalSinceNow > -Double(ChatKitSecret.renewal)
    else {
      throw HTTPError(
        .unauthorized, code: "invalid_token", message: "The secret is not one of this server's, or too old.",
        hint: "Begin a new session with POST /api/chatkit/session.")
    }
    let renewed = try await session(user: user, thread: record.content["thread"]?.string)
    try await records.remove(record: record.id)
    return renewed
  }

  private static func record(of secret: String) -> String {
    "chatkit_" + Hexadecimal.encode(HashFunction.sha256.digest(secret.utf8))
  }

  private static func fresh(_ prefix: String) -> String { "\(prefix)_\(UUID().uuidString.lowercased())" }

  private static func name(_ text: String?, field: String) throws -> String? {
    guard let text, !text.isEmpty else { return nil }
    guard text.unicodeScalars.count <= 200 else {
      throw HTTPError.badRequest("\(field): longer than 200 characters")
    }
    return text
  }
}
