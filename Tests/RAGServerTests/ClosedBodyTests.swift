import HTTPServer
import Models
import TestSupport
import Testing

@testable import RAGServer

/// Members that no route knows are refused, and in chats those that seem to be misspelt.
@Suite struct ClosedBodyTests {
  private let admin = "Authorization: Bearer \(RAGServerFixture.adminKey)"

  @Test(arguments: [
    ("/api/chat", #"{"message": "knee?", "steam": true}"#, "steam", "stream"),
    ("/api/chat/chat", #"{"session_id": "s", "message": "knee?", "userid": "a"}"#, "userid", "user_id"),
    ("/api/feedback", #"{"message_id": "m", "rating": 1, "coment": "c"}"#, "coment", "comment"),
    ("/api/documents", #"{"name": "a.md", "text": "A.", "colection": "c"}"#, "colection", "collection"),
    ("/api/auth/login", #"{"email": "a@example.org", "passwort": "p"}"#, "passwort", "password"),
    (
      "/api/keys", #"{"name": "site", "scopes": ["chat"], "origin": ["https://example.org"]}"#, "origin",
      "origins"
    ),
  ])
  func `a member that is not known is refused with the one that is meant`(
    path: String, body: String, member: String, meant: String
  ) async throws {
    try await withRAGServer(configure: environment(["ADMIN_API_KEY": RAGServerFixture.adminKey])) { server in
      let response = try await server.send(
        "POST", path, headers: [admin, "Content-Type: application/json"], body: body)
      let failure = try response.failure()
      #expect(response.status == 400 && failure.code == "invalid_request", "\(response.text)")
      #expect(
        failure.message.hasPrefix("\(member): not known here. Did you mean '\(meant)'? Known are "),
        "\(failure.message)")
    }
  }

  @Test(arguments: [
    ("/v1/chat/completions", #""messages": [{"role": "user", "content": "How far does the knee bend?"}]"#),
    ("/v1/responses", #""input": "How far does the knee bend?""#),
    ("/chat", #""prompt": "How far does the knee bend?""#),
    ("/api/chat", #""message": "How far does the knee bend?""#),
  ])
  func `chats pass over what they do not know`(path: String, member: String) async throws {
    try await withRAGServer { server in
      let response = try await server.post(path, #"{"model": "footnote", "unheard_of": 1, \#(member)}"#)
      #expect(response.status == 200, "\(response.text)")
    }
  }

  /// Names of the members that a body in JSON may have.
  private static func members(of operation: APIOperation) -> [String] {
    guard
      case .object(let members)? = operation.body.first(where: { $0.type == "application/json" })?.schema[
        "properties"]
    else { return [] }
    return members.keys.sorted()
  }

  @Test func `every member that the description names is known`() async throws {
    let described = APIDescription.operations.filter { $0.path.hasPrefix("/api/") && $0.method == .post }
    try await withRAGServer(configure: environment(["ADMIN_API_KEY": RAGServerFixture.adminKey])) { server in
      var sent = 0
      for operation in described {
        for name in Self.members(of: operation) {
          let response = try await server.send(
            "POST", operation.path, headers: [admin, "Content-Type: application/json"],
            body: #"{"\#(name)": []}"#)
          #expect(!response.text.contains("not known here"), "\(operation.path): \(response.text)")
          sent += 1
        }
      }
      #expect(sent >= 25)
    }
  }
}
