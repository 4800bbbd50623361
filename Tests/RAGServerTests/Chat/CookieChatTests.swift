import Commands
import TestSupport
import Testing

// Models has a type ChatReply too.
import enum Models.JSONValue

@testable import RAGServer

@Suite struct CookieChatTests {
  private func post(
    _ server: RAGServerFixture, _ body: String, cookie: String? = nil
  ) async throws -> RawResponse {
    let headers = ["Content-Type: application/json"] + (cookie.map { ["Cookie: \($0)"] } ?? [])
    return try await server.send("POST", "/chat", headers: headers, body: body)
  }

  private func cookie(_ response: RawResponse) throws -> String {
    String(try #require(response.header("Set-Cookie")).prefix { $0 != ";" })
  }

  @Test func `the first message sets a cookie that scripts cannot read, and later ones go on`() async throws {
    try await withRAGServer { server in
      let first = try await post(server, #"{"prompt": "How far does the knee joint bend the leg?"}"#)
      let header = try #require(first.header("Set-Cookie"))
      #expect(
        header.contains("; HttpOnly") && header.contains("; SameSite=Lax") && !header.contains("Secure"))
      let reply = try first.json(ChatReply.self)
      #expect(reply.answered && reply.response == reply.answer)
      let cookie = try cookie(first)
      let second = try await post(server, #"{"prompt": "And the elbow?"}"#, cookie: cookie)
      #expect(second.header("Set-Cookie") == nil)
      #expect(try second.json(ChatReply.self).conversationID == reply.conversationID)
      await server.application.stop(within: .zero)
      try await server.again { server in
        let third = try await post(server, #"{"prompt": "And the eye?"}"#, cookie: cookie)
        #expect(try third.json(ChatReply.self).conversationID == reply.conversationID)
        let list = try await server.send("GET", "/api/conversations", headers: ["Cookie: \(cookie)"])
          .json(JSONValue.self)
        #expect(list["conversations"]?.array?.map { $0["message_count"] } == [6])
        #expect(try await server.send("GET", "/api/conversations/\(reply.conversationID)").status == 404)
      }
    }
  }

  @Test func `a cookie that was tampered with begins a new session`() async throws {
    try await withRAGServer { server in
      let first = try await post(server, #"{"prompt": "knee"}"#)
      let cookie = try cookie(first)
      let id = try first.json(ChatReply.self).conversationID
      let broken = [
        String(cookie.dropLast(3)), cookie + "A", "footnote_session=\(id)", "footnote_session=\(id).AAAA",
        "footnote_session=", "footnote_session=%00.%ff",
        cookie.replacing("=", with: "=A", maxReplacements: 1),
      ]
      for text in broken {
        let response = try await post(server, #"{"prompt": "knee"}"#, cookie: text)
        #expect(response.status == 200 && response.header("Set-Cookie") != nil, "\(text)")
        #expect(try response.json(ChatReply.self).conversationID != id)
      }
    }
  }

  @Test func `behind an encrypting proxy the cookie is for encrypted connections`() async throws {
    try await withRAGServer { server in
      let response = try await server.send(
        "POST", "/chat", headers: ["Content-Type: application/json", "X-Forwarded-Proto: https"],
        body: #"{"prompt": "knee"}"#)
      #expect(response.header("Set-Cookie")?.contains("; Secure") == true)
    }
  }

  @Test func `another server with the same secret knows the session, one with another does not`() async throws
  {
    let secret = setting(\.settings, Settings(environment: ["SESSION_SECRET": "a long enough secret"]))
    try await withRAGServer(configure: secret) { server in
      let first = try await post(server, #"{"prompt": "knee"}"#)
      let cookie = try cookie(first)
      try await server.again(configure: secret) { other in
        let response = try await post(other, #"{"prompt": "knee"}"#, cookie: cookie)
        #expect(response.header("Set-Cookie") == nil)
      }
      try await server.again { other in
        let response = try await post(other, #"{"prompt": "knee"}"#, cookie: cookie)
        #expect(response.header("Set-Cookie") != nil)
      }
    }
  }

  @Test
  func
    `a secret is exchanged while the server runs, and the one before it is believed as long as it is named`()
    async throws
  {
    try await withTemporaryDirectory { directory in
      let file = directory + "/.env"
      func secret(_ text: String) throws { try write("RATE_LIMIT=off\nSESSION_SECRET=\(text)\n", to: file) }
      try secret("the first secret")
      try await withRAGServer(configure: setting(\.settings, Settings(environment: [:], file: file))) {
        server in
        func isKnown(_ cookie: String) async throws -> Bool {
          try await post(server, #"{"prompt": "knee"}"#, cookie: cookie).header("Set-Cookie") == nil
        }
        let first = try cookie(try await post(server, #"{"prompt": "knee"}"#))
        #expect(try await isKnown(first))
        try secret("the second secret, the first secret")
        #expect(try await isKnown(first))
        let second = try cookie(try await post(server, #"{"prompt": "knee"}"#))
        try secret("the second secret")
        #expect(try await !isKnown(first))
        #expect(try await isKnown(second), "the first of two signs")
        try write("RATE_LIMIT=off\n", to: file)
        #expect(try await !isKnown(second))
        let own = try cookie(try await post(server, #"{"prompt": "knee"}"#))
        #expect(try await isKnown(own), "the state's key signs where none is given")
      }
    }
  }

  @Test func `only models that are offered can be asked for`() async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["By 120 degrees [1]."])
    }
    try await withRAGServer(configure: asking(fake, ["CHAT_MODELS": "gpt-5.4, gpt-4o"])) { server in
      for (model, used) in [("gpt-4o", "gpt-4o"), ("footnote", "gpt-5.4-mini"), ("", "gpt-5.4-mini")] {
        let response = try await post(server, #"{"prompt": "knee joint", "model": "\#(model)"}"#)
        #expect(try response.json(ChatReply.self).model == used)
        #expect(fake.provider.bodies("/v1/chat/completions").last?["model"]?.string == used)
      }
      let extractive = try await post(server, #"{"prompt": "knee joint", "model": "extractive"}"#)
      #expect(try extractive.json(ChatReply.self).model == nil)
      let refused = try await post(server, #"{"prompt": "knee", "model": "gpt-6.2-astra"}"#)
      #expect(refused.status == 400 && refused.header("Set-Cookie") == nil)
      let failure = try refused.failure()
      #expect(failure.code == "model_not_found" && failure.message.hasPrefix("model: "))
      #expect(failure.hint?.contains("gpt-5.4") == true)
    }
  }
}
