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

  let key: SigningKey
  let callers: Callers
  let records: any RecordStore
  /// OpenAI's, as the settings say now; nil for our own.
  let hosted: @Sendable () throws -> ChatKitSessions?

  func add(to api: RouteGroup) {
    api.post("/chatkit/session") { request in
      let body = request.body.isEmpty ? SessionRequest() : try request.decodeJSON(SessionRequest.self)
      let secret = secret(
        of: try await callers.caller(of: request), named: try RequestText.name(body.userID, field: "user_id"),
        thread: try RequestText.name(body.threadID, field: "thread_id"))
      return try .reply(try await session(secret))
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

  /// What a session of our own says of its holder.
  private func secret(of caller: Caller, named name: String?, thread: String?) -> ChatKitSecret {
    let session = "cks_\(UUID().uuidString.lowercased())"
    if let user = caller.user {
      let end = caller.token?.expiresAt ?? Date(timeIntervalSinceNow: Tokens.lifetime)
      return ChatKitSecret(
        session: session, user: user, thread: thread,
        proof: .token(id: caller.token?.id, until: Int(end.timeIntervalSince1970)), key: caller.key?.id)
    }
    // A page shows its key to everybody; other keys are those of programs, which know whom they speak for.
    let isProgram = caller.isAdministrator || (caller.key != nil && !caller.isPublic)
    let isVouched = name.map { isProgram || ChatKitSecret.isFreshName($0) } ?? true
    return ChatKitSecret(
      session: session, user: name ?? ChatKitSecret.freshName(), thread: thread,
      proof: isVouched ? .vouched : .none, key: caller.key?.id)
  }

  private func session(_ secret: ChatKitSecret) async throws -> SessionReply {
    guard try hosted() != nil else {
      return SessionReply(
        clientSecret: try secret.text(key), expiresAt: secret.expiresAt, expiresIn: ChatKitSecret.lifetime,
        sessionID: secret.session, userID: secret.user, threadID: secret.thread, hosted: false)
    }
    return try await hostedSession(user: secret.user, thread: secret.thread)
  }

  private func hostedSession(user: String, thread: String?) async throws -> SessionReply {
    guard let hosted = try hosted() else {
      throw HTTPError(
        .unauthorized, code: "invalid_token",
        message: "The secret is OpenAI's, and sessions are this server's own now.",
        hint: "Begin a new session with POST /api/chatkit/session.")
    }
    let session = try await hosted.create(user: user)
    // OpenAI's secret does not say whose it is, and only its hash is kept.
    try await records.add(
      Record(
        id: Self.record(of: session.clientSecret), kind: Record.Kind.chatKitSession, createdAt: Date(),
        content: ["user": .string(user), "thread": thread.map { .string($0) } ?? .null]))
    return SessionReply(
      clientSecret: session.clientSecret, expiresAt: session.expiresAt,
      expiresIn: max(0, session.expiresAt - Int(Date().timeIntervalSince1970)), sessionID: session.id,
      userID: user, threadID: thread, hosted: true)
  }

  private func refreshed(_ token: String) async throws -> SessionReply {
    if let secret = ChatKitSecret(token, key: key, leeway: ChatKitSecret.renewal) {
      // Whoever has signed out or been shut out since gets no other one.
      _ = try await callers.caller(holding: secret)
      return try await session(secret.renewed())
    }
    let record = try await records.record(Self.record(of: token))
    guard let record, record.kind == Record.Kind.chatKitSession, let user = record.content["user"]?.string,
      record.createdAt.timeIntervalSinceNow > -Double(ChatKitSecret.renewal)
    else {
      throw HTTPError(
        .unauthorized, code: "invalid_token", message: "The secret is not one of this server's, or too old.",
        hint: "Begin a new session with POST /api/chatkit/session.")
    }
    let renewed = try await hostedSession(user: user, thread: record.content["thread"]?.string)
    try await records.remove(record: record.id)
    return renewed
  }

  private static func record(of secret: String) -> String {
    "chatkit_" + Hexadecimal.encode(HashFunction.sha256.digest(secret.utf8))
  }
}
