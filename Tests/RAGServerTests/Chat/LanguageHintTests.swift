import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import RAGServer

/// What readers are told where question and documents are in two languages.
@Suite struct LanguageHintTests {
  static let documents = [
    "leg.md": """
    # Leg

    The knee joint bends the leg by 120 degrees, and it is the strongest joint that there is in the leg of a robot.
    """
  ]
  static let refusal =
    "The passages found are in another language than the question, and hashing finds little across languages. "
    + "Ask in the documents' language, or use a model for many languages, such as multilingual-e5-small."
  static let unchecked =
    "This answer is in another language than its sources, so that only numbers and names of its sentences were held "
    + "against them. A model for many languages, such as multilingual-e5-small, would tell more."

  /// A model that runs in this process and knows one language.
  struct LocalModel: EmbeddingModel {
    let base = HashingEmbeddingModel(dimensions: 512)
    var tokens: any TokenCounter { base.tokens }
    var fingerprint: EmbeddingFingerprint {
      var fingerprint = base.fingerprint
      fingerprint.provider = "local"
      return fingerprint
    }

    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
      try await base.embed(texts, as: role)
    }
  }

  /// Every face of the service shows the hint, and none for a question in the documents' language.
  private func check(_ server: RAGServerFixture, _ question: String, _ hint: String?) async throws {
    let expected = hint.map { JSONValue.string($0) }
    let reply = try await server.post("/api/chat", #"{"message": "\#(question)"}"#).json(JSONValue.self)
    #expect(reply["hint"] == expected, "\(reply)")
    let id = try #require(reply["conversation_id"]?.string)
    let stored = try await server.send("GET", "/api/conversations/\(id)").json(JSONValue.self)
    #expect(stored["messages"]?.array?.last?["hint"] == expected)
    let events = try await server.post("/api/chat", #"{"message": "\#(question)", "stream": true}"#).events
    #expect(events.last?.json["hint"] == expected)

    let body = #""model": "footnote", "messages": [{"role": "user", "content": "\#(question)"}]"#
    let completion = try await server.post("/v1/chat/completions", "{\(body)}").json(JSONValue.self)
    #expect(completion["hint"] == expected)
    let response = try await server.post(
      "/v1/responses", #"{"model": "footnote", "input": "\#(question)"}"#
    ).json(JSONValue.self)
    #expect(response["hint"] == expected)

    let (_, items) = try await ChatKitClient(server).begin(question)
    let notices = items.filter { $0["type"] == "notice" && $0["message"] == expected }
    #expect(notices.count == (hint == nil ? 0 : 1), "\(items)")

    let call = """
      {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":{"question":"\(question)"}}}
      """
    let asked = try await server.post("/mcp", call).json(JSONValue.self)["result"]
    #expect(asked?["structuredContent"]?["hint"] == expected)
  }

  @Test func `every reply says of a refusal that the documents are in another language`() async throws {
    try await withRAGServer(Self.documents, model: LocalModel()) { server in
      try await check(server, "Wer gewann die Turniere und wann war das?", Self.refusal)
      try await check(server, "Who won the tournaments, and when was that?", nil)
    }
  }

  @Test func `every reply says of an answer that it was not checked across languages`() async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames([
        "Das Knie beugt das Bein um 120 Grad, und es ist das stärkste Gelenk. [1]"
      ])
    }
    try await withRAGServer(Self.documents, model: LocalModel(), configure: asking(fake)) { server in
      try await check(server, "Wie weit beugt das Knie das Bein?", Self.unchecked)
      let reply = try await server.post("/api/chat", #"{"message": "Wie weit beugt das Knie das Bein?"}"#)
        .json(JSONValue.self)
      #expect(reply["sentences"]?.array?.first?["unchecked"] == true)
      #expect(reply["sentences"]?.array?.first?["supported"] == true)
      #expect(reply["low_confidence"] == false, "\(reply)")
    }
  }
}
