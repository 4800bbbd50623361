import Synchronization

/// OpenAI's `POST /v1/chatkit/sessions`, after its reference.
public final class FakeChatKit: Sendable {
  public let provider: FakeProvider
  public var baseURL: String { provider.url + "/v1" }

  private final class Counter: Sendable {
    let count = Mutex(0)
  }

  /// - Parameter workflow: the only workflow that the key can use.
  public init(key: String = "sk-test-0123456789", workflow: String = "wf_test") throws {
    let counter = Counter()
    provider = try FakeProvider(key: key) { request, problems in
      guard request.method == "POST", request.path == "/v1/chatkit/sessions" else {
        problems.append("no such route")
        return FakeOpenAI.error(404, message: "Invalid URL (\(request.method) \(request.target))")
      }
      if request.header("OpenAI-Beta") != "chatkit_beta=v1" { problems.append("no beta header") }
      if request.header("Content-Type") != "application/json" { problems.append("wrong Content-Type") }
      let body = TestJSON(request.body) ?? .null
      checkMembers(
        body, required: ["workflow", "user"],
        optional: ["expires_after", "rate_limits", "chatkit_configuration"], &problems, of: "the body")
      checkMembers(
        body["workflow"] ?? .null, required: ["id"], optional: ["version", "state_variables", "tracing"],
        &problems, of: "workflow")
      guard case .string(let user)? = body["user"], !user.isEmpty else {
        problems.append("user is empty")
        return FakeOpenAI.error(400, message: "Invalid 'user'.")
      }
      guard body["workflow"]?["id"] == .string(workflow) else {
        return FakeOpenAI.error(404, message: "Workflow not found.")
      }
      let number = counter.count.withLock { count in
        count += 1
        return count
      }
      return .json(Self.session(number, user: user, workflow: workflow).text)
    }
  }

  private static func session(_ number: Int, user: String, workflow: String) -> TestJSON {
    [
      "id": .string("cksess_\(number)"), "object": "chatkit.session", "expires_at": 4_102_444_800,
      "client_secret": .string("ek_secret_\(number)"),
      "workflow": [
        "id": .string(workflow), "version": nil, "state_variables": nil, "tracing": ["enabled": true],
      ],
      "user": .string(user), "rate_limits": ["max_requests_per_1_minute": 10],
      "max_requests_per_1_minute": 10, "status": "active",
      "chatkit_configuration": [
        "automatic_thread_titling": ["enabled": true],
        "file_upload": ["enabled": false, "max_file_size": nil, "max_files": nil],
        "history": ["enabled": true, "recent_threads": nil],
      ],
    ]
  }
}
