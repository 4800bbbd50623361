import Accounts
import Commands
import FoundationEssentials
import HTTPServer
import State

// Commands has a type of this name too.
import struct HTTPServer.Request

/// `GET`, `POST /api/keys` and `DELETE /api/keys/{id}`, for administrators.
struct KeyRoutes: Sendable {
  let callers: Callers
  let ring: KeyRing

  func add(to api: RouteGroup) {
    api.get("/keys") { request in
      try await callers.requireAdministrator(request)
      return try .json(["keys": try await ring.keys().map { KeyDescription($0) }])
    }
    api.post("/keys") { try await make($0) }
    api.delete("/keys/{id}") { request in
      try await callers.requireAdministrator(request)
      let id = try request.parameter("id")
      guard try await ring.revoke(id) else {
        throw HTTPError.notFound("There is no key '\(id)'.", hint: "GET /api/keys lists those there are.")
      }
      return try .json(["status": "revoked"])
    }
  }

  private struct NewKey: ClosedBody {
    var name: String
    var scopes: [APIKey.Scope]
    var origins: [String]?
    /// A duration such as `90d`.
    var expiresIn: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
      case name, scopes, origins
      case expiresIn = "expires_in"
    }
  }

  private struct MadeKey: Encodable {
    /// Shown this once.
    var key: String
    var details: KeyDescription
  }

  private func make(_ request: Request) async throws -> Response {
    try await callers.requireAdministrator(request)
    let new = try request.decodeClosed(NewKey.self)
    do {
      let made = try await ring.make(
        name: new.name, scopes: Set(new.scopes), origins: try KeyOptions.origins(new.origins ?? []),
        expiresAt: try KeyOptions.expiry(new.expiresIn))
      var response = try Response.json(
        MadeKey(key: made.text, details: KeyDescription(made.key)), status: .created)
      response.headers["Cache-Control"] = "no-store"
      return response
    } catch let error as AccountError {
      throw HTTPError.badRequest(error.description)
    } catch let error as UsageError {
      throw HTTPError.badRequest(error.message)
    }
  }
}

/// A key as lists show it, without its text.
struct KeyDescription: Encodable {
  var id: String
  var name: String
  var prefix: String
  var scopes: [String]
  var origins: [String]
  var createdAt: Date
  var expiresAt: Date?
  var isRevoked: Bool

  enum CodingKeys: String, CodingKey {
    case id, name, prefix, scopes, origins
    case createdAt = "created_at"
    case expiresAt = "expires_at"
    case isRevoked = "revoked"
  }

  init(_ key: APIKey) {
    id = key.id
    name = key.name
    prefix = key.prefix
    scopes = key.scopes.map(\.rawValue).sorted()
    origins = key.origins
    createdAt = key.createdAt
    expiresAt = key.expiresAt
    isRevoked = key.isRevoked
  }
}
