import Commands
import FoundationEssentials
import TestSupport
import Testing

@testable import RAGServer

@Suite struct ChatKitSessionTests {
  private typealias Reply = ChatKitSessionRoutes.SessionReply

  private func settings(_ more: [String: String] = [:]) -> (inout ApplicationConfiguration) -> Void {
    setting(
      \.settings,
      Settings(environment: ["SESSION_SECRET": "a secret of tests that is long enough"].merging(more) { $1 }))
  }

  @Test func `a secret of our own says whose it is, ends, and can be exchanged`() async throws {
    try await withRAGServer(configure: settings()) { server in
      let body = #"{"user_id": "ann", "thread_id": "thr_1"}"#
      let response = try await server.post("/api/chatkit/session", body)
      let reply = try response.json(Reply.self)
      #expect(response.status == 200 && !reply.hosted && reply.userID == "ann" && reply.threadID == "thr_1")
      #expect(reply.expiresIn == 600)
      let key = SigningKey(secret: Array("a secret of tests that is long enough".utf8))
      let secret = try #require(ChatKitSecret(reply.clientSecret, key: key))
      #expect(secret.user == "ann" && secret.thread == "thr_1" && secret.expiresAt == reply.expiresAt)

      let refreshed = try await server.send("POST", "/api/chatkit/refresh?token=\(reply.clientSecret)")
        .json(Reply.self)
      #expect(refreshed.userID == "ann" && refreshed.threadID == "thr_1")
      // Within one second it is the same secret.
      let exchanged = try #require(ChatKitSecret(refreshed.clientSecret, key: key))
      #expect(exchanged.user == "ann" && exchanged.expiresAt >= secret.expiresAt)
      let again = try await server.post("/api/chatkit/refresh", #"{"token": "\#(reply.clientSecret)"}"#)
      #expect(again.status == 200)
    }
  }

  @Test func `without a body everybody is somebody else`() async throws {
    try await withRAGServer(configure: settings()) { server in
      let first = try await server.send("POST", "/api/chatkit/session").json(Reply.self)
      let second = try await server.send("POST", "/api/chatkit/session").json(Reply.self)
      #expect(first.userID != second.userID)
    }
  }

  @Test(arguments: ["fcs_eyJ1IjoiYW5uIn0.AAAA", "fcs_", "nonsense", "fcs_a.b.c"])
  func `a secret that was not signed here is refused`(token: String) async throws {
    try await withRAGServer(configure: settings()) { server in
      let response = try await server.send("POST", "/api/chatkit/refresh?token=\(token)")
      #expect(response.status == 401)
      #expect(try response.failure().code == "invalid_token")
    }
  }

  @Test func `a secret ends, and a day later it cannot be exchanged any more`() throws {
    let key = SigningKey(secret: [1, 2, 3])
    let start = Date(timeIntervalSince1970: 1_800_000_000)
    let text = try ChatKitSecret(session: "s", user: "ann", thread: nil, now: start).text(key)
    func isValid(after seconds: Double, leeway: Int = 0) -> Bool {
      ChatKitSecret(text, key: key, leeway: leeway, now: start + seconds) != nil
    }
    #expect(isValid(after: 599) && !isValid(after: 601))
    #expect(isValid(after: 601, leeway: ChatKitSecret.renewal) && !isValid(after: 90_000, leeway: 86_400))
    #expect(ChatKitSecret(text, key: SigningKey(secret: [1, 2, 4]), now: start) == nil)
  }

  @Test func `with a workflow the session is OpenAI's, for the same person after a refresh`() async throws {
    let openAI = try FakeChatKit()
    let environment = [
      "CHATKIT_WORKFLOW_ID": "wf_test", "OPENAI_API_KEY": openAI.provider.key,
      "OPENAI_BASE_URL": openAI.baseURL,
    ]
    try await withRAGServer(configure: settings(environment)) { server in
      let reply = try await server.post("/api/chatkit/session", #"{"user_id": "ann"}"#).json(Reply.self)
      #expect(reply.hosted && reply.clientSecret == "ek_secret_1" && reply.expiresAt == 4_102_444_800)
      let refreshed = try await server.send("POST", "/api/chatkit/refresh?token=ek_secret_1").json(Reply.self)
      #expect(refreshed.clientSecret == "ek_secret_2" && refreshed.userID == "ann")
      // A secret is exchanged once.
      #expect(try await server.send("POST", "/api/chatkit/refresh?token=ek_secret_1").status == 401)
    }
    #expect(openAI.provider.violations == [])
    #expect(openAI.provider.bodies("/v1/chatkit/sessions").map { $0["user"] } == ["ann", "ann"])
  }

  @Test func `a workflow that is not there is named with its setting`() async throws {
    let openAI = try FakeChatKit(workflow: "wf_other")
    let environment = [
      "CHATKIT_WORKFLOW_ID": "wf_test", "OPENAI_API_KEY": openAI.provider.key,
      "OPENAI_BASE_URL": openAI.baseURL,
    ]
    try await withRAGServer(configure: settings(environment)) { server in
      let response = try await server.post("/api/chatkit/session", "{}")
      #expect(response.status == 502)
      #expect(try response.failure().hint?.contains("CHATKIT_WORKFLOW_ID") == true)
    }
  }
}
