import Commands
import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import RAGServer

@Suite struct ChatCompletionTests {
  private func body(_ members: String = "", question: String = "How far does the knee joint bend the leg?")
    -> String
  {
    #"{"model": "footnote", "messages": [{"role": "user", "content": "\#(question)"}]\#(members)}"#
  }

  private func fake() throws -> FakeOpenAI {
    try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["It bends ", "by 120 degrees [1]", ", they say [9]."])
    }
  }

  @Test func `an answer has OpenAI's shape, with citations beside`() async throws {
    let fake = try fake()
    try await withRAGServer(configure: asking(fake)) { server in
      let reply = try await server.post("/v1/chat/completions", body()).json(JSONValue.self)
      #expect(reply["object"] == "chat.completion" && reply["model"] == "footnote")
      #expect(reply["id"]?.string?.hasPrefix("chatcmpl-") == true && reply["created"]?.integer != nil)
      let choice = try #require(reply["choices"]?.array?.first)
      #expect(choice["message"]?["content"] == "It bends by 120 degrees [1], they say.")
      #expect(
        choice["message"]?["role"] == "assistant" && choice["finish_reason"] == "stop" && choice["index"] == 0
      )
      #expect(reply["usage"]?["total_tokens"] == 12 && reply["usage"]?["prompt_tokens"] == 9)
      #expect(reply["citations"]?.array?.first?["quote"] == "The knee joint bends the leg by 120 degrees.")
      #expect(reply["degraded"] == false)
    }
  }

  @Test(arguments: [true, false])
  func `a stream has a chunk with the role, the pieces, the reason, the usage if asked for, and an end`(
    includesUsage: Bool
  ) async throws {
    let fake = try fake()
    let options = includesUsage ? #", "stream_options": {"include_usage": true}"# : ""
    try await withRAGServer(configure: asking(fake)) { server in
      let response = try await server.post("/v1/chat/completions", body(#", "stream": true\#(options)"#))
      #expect(response.header("Content-Type") == "text/event-stream")
      let events = response.events
      #expect(events.last?.data == "[DONE]" && events.allSatisfy { $0.type == nil })
      var chunks = events.dropLast().map(\.json)
      #expect(
        Set(chunks.map { $0["id"] }).count == 1
          && chunks.allSatisfy { $0["object"] == "chat.completion.chunk" })
      if includesUsage {
        let last = try #require(chunks.last)
        chunks.removeLast()
        #expect(last["choices"] == [] && last["usage"]?["completion_tokens"] == 3)
        #expect(chunks.allSatisfy { $0["usage"] == .null })
      } else {
        #expect(chunks.allSatisfy { $0["usage"] == nil })
      }
      let choices = chunks.compactMap { $0["choices"]?.array?.first }
      #expect(choices.first?["delta"]?["role"] == "assistant")
      #expect(choices.last?["finish_reason"] == "stop" && choices.last?["delta"] == [:])
      #expect(choices.dropLast().allSatisfy { $0["finish_reason"] == .null })
      let text = choices.compactMap { $0["delta"]?["content"]?.string }.joined()
      #expect(text == "It bends by 120 degrees [1], they say.")
      #expect(chunks.last?["citations"]?.array?.count == 1)
    }
  }

  @Test func `the conversation, the instructions and the parameters reach the model`() async throws {
    let fake = try fake()
    let request = """
      {"model": "gpt-4o", "temperature": 0.2, "max_tokens": 77, "stop": "END", "user": "ann", "seed": 4,
       "top_p": 0.5, "n": 1, "tools": [], "logprobs": false, "response_format": {"type": "text"},
       "messages": [
         {"role": "system", "content": "Be brief."},
         {"role": "user", "content": [{"type": "text", "text": "What is"}, {"type": "text", "text": "a knee?"}]},
         {"role": "assistant", "content": "A joint [1]."},
         {"role": "developer", "content": "Be kind."},
         {"role": "user", "content": "How far does it bend?"}]}
      """
    try await withRAGServer(configure: asking(fake, ["CHAT_MODELS": "gpt-4o"])) { server in
      let response = try await server.post("/v1/chat/completions", request)
      #expect(response.status == 200, "\(response.text)")
      let sent = try #require(fake.provider.bodies("/v1/chat/completions").last)
      #expect(sent["temperature"] == 0.2 && sent["top_p"] == 0.5)
      #expect(sent["max_tokens"] == 77 && sent["stop"] == ["END"])
      let texts = (sent["messages"]?.elements ?? []).compactMap { $0["content"]?.string }
      #expect(texts.count == 4 && texts[0].hasPrefix("Be brief.\n\nBe kind.\n\n"))
      #expect(Array(texts[1...2]) == ["What is\na knee?", "A joint."])
      #expect(texts[3].hasSuffix("Question: How far does the knee bend?"))
    }
  }

  static let refusals: [(String, Int, String?, String?)] = [
    ("nonsense", 400, nil, "invalid_request"),
    ("[]", 400, nil, nil),
    (#"{"messages": []}"#, 400, "model", "missing_required_parameter"),
    (#"{"model": "footnote"}"#, 400, "messages", "missing_required_parameter"),
    (#"{"model": "footnote", "messages": []}"#, 400, "messages", "invalid_value"),
    (#"{"model": "gpt-9", "messages": [{"role": "user", "content": "a"}]}"#, 404, "model", "model_not_found"),
    (
      #"{"model": "footnote", "messages": [{"role": "user", "content": "a"}], "user": "\#(String(repeating: "a", count: 201))"}"#,
      400, "user", "invalid_value"
    ),
    (
      #"{"model": "footnote", "messages": [{"role": "user"}]}"#, 400, "messages[0].content",
      "missing_required_parameter"
    ),
    (
      #"{"model": "footnote", "messages": [{"role": "king", "content": "a"}]}"#, 400, "messages[0].role",
      "invalid_value"
    ),
    (
      #"{"model": "footnote", "messages": [{"role": "user", "content": [{"type": "image_url"}]}]}"#, 400,
      "messages[0].content[0].type", "invalid_value"
    ),
    (
      #"{"model": "footnote", "messages": [{"role": "system", "content": "a"}]}"#, 400, "messages",
      "invalid_value"
    ),
  ]

  @Test(arguments: refusals)
  func `a request that cannot be understood is refused as OpenAI does`(
    body: String, status: Int, parameter: String?, code: String?
  ) async throws {
    try await withRAGServer { server in
      let response = try await server.post("/v1/chat/completions", body)
      let error = try response.json(JSONValue.self)["error"] ?? .null
      #expect(response.status == status && error["type"] == "invalid_request_error", "\(response.text)")
      #expect(error["param"]?.string == parameter && error["code"]?.string == code)
      #expect(error["message"]?.string?.isEmpty == false)
    }
  }

  @Test(arguments: [
    (#", "n": 2"#, "n"), (#", "temperature": 3"#, "temperature"),
    (#", "top_p": 1.5"#, "top_p"), (#", "max_tokens": 0"#, "max_tokens"),
    (#", "logprobs": true"#, "logprobs"),
    (#", "response_format": {"type": "json_object"}"#, "response_format"),
    (#", "stream_options": {"include_usage": true}"#, "stream_options"),
    (#", "stop": ["a","b","c","d","e"]"#, "stop"),
    (#", "tool_choice": "required""#, "tool_choice"), (#", "modalities": ["audio"]"#, "modalities"),
    (#", "stream": "yes""#, "stream"),
  ])
  func `parameters that cannot be honoured are refused by name`(members: String, parameter: String)
    async throws
  {
    try await withRAGServer { server in
      let response = try await server.post("/v1/chat/completions", body(members))
      #expect(response.status == 400)
      #expect(try response.json(JSONValue.self)["error"]?["param"]?.string == parameter)
    }
  }

  @Test func `every error below v1 has OpenAI's shape, and no other has`() async throws {
    try await withRAGServer { server in
      for (method, path, status) in [
        ("GET", "/v1/nowhere", 404), ("GET", "/v1", 404), ("GET", "/v1/chat/completions", 405),
        ("GET", "/v1/models/nothing", 404), ("POST", "/v1/embeddings", 400),
      ] {
        let response = try await server.send(method, path)
        let error = try response.json(JSONValue.self)["error"]
        #expect(response.status == status && error?["type"] == "invalid_request_error")
        #expect(error?["param"] != nil && error?["request_id"] == nil)
        #expect(response.header("X-Request-Id") != nil)
      }
      let media = try await server.send(
        "POST", "/v1/chat/completions", headers: ["Content-Type: text/plain"], body: "hello")
      #expect(media.status == 415)
      #expect(try media.json(JSONValue.self)["error"]?["type"] == "invalid_request_error")
      #expect(try await server.send("GET", "/api/nowhere").failure().requestID != nil)
    }
  }

  @Test(arguments: [
    (
      "/v1/chat/completions",
      #""messages": [{"role": "user", "content": "How far does the knee joint bend?"}]"#
    ),
    ("/v1/responses", #""input": "How far does the knee joint bend?""#),
  ])
  func `a refusal of the provider keeps its meaning, and clients are told whether to try again`(
    path: String, question: String
  ) async throws {
    let fake = try fake()
    try await withRAGServer(configure: asking(fake, ["FALLBACK": "off"])) { server in
      for (upstream, code, status, type) in [
        (401, "invalid_api_key", 502, "server_error"), (429, "insufficient_quota", 429, "insufficient_quota"),
      ] {
        for stream in ["", #", "stream": true"#] {
          fake.provider.misbehave(.answer(FakeOpenAI.error(upstream, code: .string(code))))
          let response = try await server.post(path, #"{"model": "footnote", \#(question)\#(stream)}"#)
          #expect(
            response.status == status && response.header("X-Should-Retry") == "false", "\(response.text)")
          #expect(try response.json(JSONValue.self)["error"]?["type"]?.string == type)
        }
      }
    }
  }

  @Test func `a stream that fails in its middle ends with an error`() async throws {
    let fake = try fake()
    let start = FakeOpenAI.frames(["It bends by "])[..<2].map { "data: \($0)\n\n" }.joined()
    fake.provider.misbehave(.answer(LocalResponse(start, type: "text/event-stream")))
    try await withRAGServer(configure: asking(fake)) { server in
      let events = try await server.post("/v1/chat/completions", body(#", "stream": true"#)).events
      #expect(events.last?.json["error"]?["type"] == "server_error")
      #expect(!events.contains { $0.data == "[DONE]" })
    }
  }

  private func content(_ reply: JSONValue) -> (text: String, reason: String?) {
    let choice = reply["choices"]?.array?.first
    return (choice?["message"]?["content"]?.string ?? "", choice?["finish_reason"]?.string)
  }

  @Test(arguments: [
    (#", "max_tokens": 5"#, "The knee joint bends the", "length"),
    (#", "max_completion_tokens": 5, "max_tokens": 7"#, "The knee joint bends the", "length"),
    (#", "stop": " by 120""#, "The knee joint bends the leg", "stop"),
    (#", "stop": ["by 120", "joint", "no such"]"#, "The knee ", "stop"),
    (#", "stop": "leg", "max_tokens": 3"#, "The knee joint", "length"),
    (#", "stop": "knee", "max_tokens": 3"#, "The ", "stop"),
    (#", "stop": "The""#, "", "stop"), (#", "max_tokens": 500"#, nil, "stop"),
    (#", "stop": "zz""#, nil, "stop"),
  ])
  func `the documents' sentences end where the caller wants them to, and cite what is left`(
    members: String, expected: String?, reason: String
  ) async throws {
    try await withRAGServer { server in
      let whole = try await server.post("/v1/chat/completions", body()).json(JSONValue.self)
      #expect(content(whole).text.hasPrefix("The knee joint bends the leg by 120 degrees. [1]"))
      let reply = try await server.post("/v1/chat/completions", body(members)).json(JSONValue.self)
      #expect(content(reply).text == expected ?? content(whole).text && content(reply).reason == reason)
      #expect(reply["citations"] == (expected == nil ? whole["citations"] : []))
      if reason == "length" { #expect((reply["usage"]?["completion_tokens"]?.integer ?? 9) <= 5) }
      let events = try await server.post("/v1/chat/completions", body(members + #", "stream": true"#)).events
      #expect(events.last?.data == "[DONE]")
      let choices = events.dropLast().compactMap { $0.json["choices"]?.array?.first }
      let text = choices.compactMap { $0["delta"]?["content"]?.string }.joined()
      #expect(text == content(reply).text && choices.last?["finish_reason"]?.string == reason)
      #expect(events.dropLast().last?.json["citations"] == reply["citations"])
    }
  }

  @Test func `without a chat model the documents' sentences answer, with tokens estimated`() async throws {
    try await withRAGServer { server in
      let reply = try await server.post("/v1/chat/completions", body()).json(JSONValue.self)
      #expect(
        reply["choices"]?.array?.first?["message"]?["content"]?.string?.contains("120 degrees. [1]") == true)
      #expect((reply["usage"]?["prompt_tokens"]?.integer ?? 0) > 5)
    }
  }
}
