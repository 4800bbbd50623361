/// Finds out who sends a request; see `RouteGroup.authenticated(by:)`.
public protocol Authenticator<Identity>: Sendable {
  /// What handlers are told about the sender.
  associatedtype Identity: Sendable

  /// The sender, or nil if the request does not say who that is.
  ///
  /// - Throws: an `HTTPError` for a sender that is known to be wrong or may not do this.
  func identity(for request: Request) async throws -> Identity?
}

extension Authenticator {
  func requireIdentity(for request: Request) async throws -> Identity {
    if let identity = try await identity(for: request) { return identity }
    throw HTTPError(
      .unauthorized, code: "authentication", message: "'\(request.path)' needs authentication.",
      hint: "Send the header 'Authorization: Bearer ...'.", headers: ["WWW-Authenticate": "Bearer"])
  }
}
