import HTTPClient

/// Makes sessions of ChatKit that OpenAI hosts.
public struct ChatKitSessions: Sendable {
  /// What a page needs to talk to OpenAI itself.
  public struct Session: Sendable, Equatable {
    public var id: String
    public var clientSecret: String
    /// Seconds since 1970.
    public var expiresAt: Int
    public var user: String
  }

  private struct Body: Encodable, Sendable {
    struct Workflow: Encodable { var id: String }
    var workflow: Workflow
    var user: String
  }

  private struct Reply: Decodable {
    var id: String
    var clientSecret: String
    var expiresAt: Int
    var user: String?
  }

  private let workflow: String
  private let connection: ProviderConnection

  /// - Parameter workflow: the workflow's id, `wf_…`, as `CHATKIT_WORKFLOW_ID` holds it.
  public init(workflow: String, endpoint: ProviderEndpoint, client: HTTPClient) {
    self.workflow = workflow
    var connection = ProviderConnection(
      endpoint: endpoint,
      errors: ErrorContext(endpoint: endpoint, model: workflow, modelVariable: "CHATKIT_WORKFLOW_ID"),
      client: client, retrier: Retrier(), limiter: nil, timeout: .seconds(20),
      maximumResponseBytes: 1 << 20)
    connection.headers["OpenAI-Beta"] = "chatkit_beta=v1"
    self.connection = connection
  }

  /// A session for one person, which lives as long as OpenAI says (10 minutes by default).
  ///
  /// - Parameter user: keeps the person's threads apart from others'; 1 to 512 characters.
  public func create(
    user: String, deadline: ContinuousClock.Instant? = nil
  ) async throws(ModelError) -> Session {
    let body = Body(workflow: Body.Workflow(id: workflow), user: user)
    let response: HTTPResponse
    do throws(ModelError) {
      response = try await connection.send(.post, "chatkit/sessions", body, deadline: deadline)
    } catch {
      guard error.status == 404 else { throw error }
      var error = error
      error.kind = .modelNotFound
      error.hint =
        "Check CHATKIT_WORKFLOW_ID, which is '\(workflow)', and that the key's project has that workflow."
      throw error
    }
    let reply = try connection.decode(Reply.self, from: response)
    return Session(
      id: reply.id, clientSecret: reply.clientSecret, expiresAt: reply.expiresAt, user: reply.user ?? user)
  }
}
