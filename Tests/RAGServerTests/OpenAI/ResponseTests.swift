import Commands
import FoundationEssentials
import Models
import State
import TestSupport
import Testing

@testable import RAGServer

@Suite struct ResponseTests {
  private let answer = "It bends by 120 degrees [1], they say."

  private func body(_ members: String = "", question: String = "How far does the knee joint bend the leg?")
    -> String
  {
    #"{"model": "footnote", "input": "\#(question)"\#(members)}"#
  }

  private func fake(_ pieces: [String] = ["It bends ", "by 120 degrees [1]", ", they say [9]."]) throws
    -> FakeOpenAI
  {
    try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(pieces)
    }
  }

  @Test func `a response has the contract's form, with citations beside`() async throws {
    let fake = try fake()
    defer { #expect(fake.provider.violations == []) }
    try await withRAGServer(configure: asking(fake)) { server in
      let reply = try await server.respond(body())
      #expect(reply["object"] == "response" && reply["status"] == "completed" && reply["model"] == "footnote")
      #expect(reply["id"]?.string?.hasPrefix("resp_") == true && reply["error"] == .null)
      let times = (reply["created_at"]?.integer ?? .max, reply["completed_at"]?.integer ?? 0)
      #expect(times.0 <= times.1)
      let item = try #require(reply["output"]?.array?.first)
      #expect(item["id"]?.string?.hasPrefix("msg_") == true && item["status"] == "completed")
      #expect(item["type"] == "message" && item["role"] == "assistant")
      let part = try #require(onlyPart(reply))
      #expect(part["type"] == "output_text" && part["text"] == .string(answer))
      let annotations = try #require(part["annotations"]?.array)
      #expect(annotations.count == 1 && annotations[0]["type"] == "file_citation")
      #expect(annotations[0]["filename"] == "docs/leg.md" && annotations[0]["index"] == 0)
      #expect(annotations[0]["start_index"] == 24 && annotations[0]["end_index"] == 27)
      let citation = try #require(reply["citations"]?.array?.first)
      #expect(citation["quote"] == "The knee joint bends the leg by 120 degrees.")
      #expect(annotations[0]["file_id"] == citation["source"])
      #expect(
        reply["usage"] == [
          "input_tokens": 9, "input_tokens_details": ["cached_tokens": 4, "cache_write_tokens": 0],
          "output_tokens": 3, "output_tokens_details": ["reasoning_tokens": 0], "total_tokens": 12,
        ])
      #expect(reply["degraded"] == false && reply["answered"] == true && reply["store"] == false)
      #expect(reply["metadata"] == [:] && reply["instructions"] == .null && reply["temperature"] == .null)
    }
  }

  @Test func `what was asked for is in the response as it was`() async throws {
    let fake = try fake()
    try await withRAGServer(configure: asking(fake)) { server in
      let reply = try await server.respond(
        body(
          #"""
          , "instructions": "Be brief.", "metadata": {"order": "7"}, "temperature": 0, "top_p": 0.5,
          "max_output_tokens": 77, "tool_choice": "none", "parallel_tool_calls": false, "user": "ann",
          "safety_identifier": "a1", "store": false, "background": false, "stream": false
          """#))
      #expect(reply["instructions"] == "Be brief." && reply["metadata"] == ["order": "7"])
      #expect(reply["temperature"]?.double == 0 && reply["top_p"]?.double == 0.5)
      #expect(reply["max_output_tokens"] == 77 && reply["tool_choice"] == "none")
      #expect(reply["parallel_tool_calls"] == false && reply["user"] == "ann")
      #expect(reply["safety_identifier"] == "a1")
      let sent = try #require(fake.provider.bodies("/v1/chat/completions").last)
      #expect(sent["temperature"] == 0 && sent["top_p"] == 0.5 && sent["max_tokens"] == 77)
    }
  }

  @Test func `the conversation and the instructions reach the model`() async throws {
    let fake = try fake()
    let request = """
      {"model": "gpt-4o", "instructions": "Be brief.", "input": [
         {"role": "system", "content": "Be exact."},
         {"type": "message", "role": "user", "content": [
           {"type": "input_text", "text": "What is"}, {"type": "input_text", "text": "a knee?"}]},
         {"id": "rs_1", "type": "reasoning", "summary": []},
         {"type": "function_call", "call_id": "c1", "name": "look", "arguments": "{}"},
         {"type": "function_call_output", "call_id": "c1", "output": "A joint."},
         {"id": "msg_1", "type": "message", "role": "assistant", "status": "completed", "content": [
           {"type": "output_text", "text": "A joint [1].", "annotations": [], "logprobs": []}]},
         {"role": "developer", "content": "Be kind."},
         {"role": "user", "content": "How far does it bend?"}]}
      """
    try await withRAGServer(configure: asking(fake, ["CHAT_MODELS": "gpt-4o"])) { server in
      let reply = try await server.respond(request)
      #expect(reply["model"] == "gpt-4o" && reply["instructions"] == "Be brief.")
      let sent = try #require(fake.provider.bodies("/v1/chat/completions").last)
      let texts = (sent["messages"]?.elements ?? []).compactMap { $0["content"]?.string }
      #expect(texts.count == 4 && texts[0].hasPrefix("Be brief.\n\nBe exact.\n\nBe kind.\n\n"))
      #expect(Array(texts[1...2]) == ["What is\na knee?", "A joint."])
      #expect(texts[3].hasSuffix("Question: How far does the knee bend?"))
    }
  }

  @Test func `what agents send besides is as harmless as it is for chat completions`() async throws {
    try await withRAGServer { server in
      let plain = try await server.respond(body())
      let reply = try await server.respond(
        body(
          #"""
          , "tools": [{"type": "web_search"}, {"type": "function", "name": "look", "strict": true,
          "parameters": {"type": "object", "properties": {}}}], "tool_choice": "auto", "include":
          ["reasoning.encrypted_content"], "reasoning": {"effort": "low"}, "text": {"format":
          {"type": "text"}, "verbosity": "low"}, "truncation": "disabled", "service_tier": "auto",
          "prompt_cache_key": "k", "max_tool_calls": 3, "top_logprobs": 0
          """#))
      #expect(onlyPart(reply) == onlyPart(plain) && reply["tools"] == [] && reply["tool_choice"] == "auto")
      let nulls = #", "previous_response_id": null, "conversation": null, "store": null, "metadata": null"#
      #expect(onlyPart(try await server.respond(body(nulls))) == onlyPart(plain))
    }
  }

  @Test func `a part that is not text is refused by its place and its name`() async throws {
    let parts = [
      (
        #"{"type": "input_image", "detail": "auto", "image_url": "https://example.org/a.png"}"#, "input_image"
      ),
      (#"{"type": "input_file", "file_id": "file_1"}"#, "input_file"),
    ]
    try await withRAGServer { server in
      for (part, type) in parts {
        let body =
          #"{"model": "footnote", "input": [{"role": "user", "content": [{"type": "input_text", "text": "See"}, \#(part)]}]}"#
        ResponsesContract.check(try JSONValue(parsing: body.utf8), "CreateResponse")
        let response = try await server.post("/v1/responses", body)
        let error = try response.json(JSONValue.self)["error"]
        #expect(response.status == 400 && error?["param"] == "input[0].content[1].type", "\(response.text)")
        #expect(
          error?["message"]?.string?.hasSuffix(
            "'input_text' and 'output_text' are understood, not '\(type)'.") == true)
      }
    }
  }

  @Test(arguments: [
    ("previous_response_id", #""resp_1""#, "send the whole conversation in 'input'"),
    ("conversation", #""conv_1""#, "send the whole conversation in 'input'"),
    ("conversation", #"{"id": "conv_1"}"#, "send the whole conversation in 'input'"),
    ("store", "true", "leave it out, or send false"),
    ("background", "true", "read it as a stream"),
    ("prompt", #"{"id": "pmpt_1"}"#, "send its text in 'instructions'"),
    ("moderation", #"{"model": "omni-moderation-latest"}"#, "not offered"),
    ("include", #"["message.output_text.logprobs"]"#, "logprobs"),
    ("top_logprobs", "3", "not offered"),
    ("tool_choice", #""required""#, "cannot demand a tool"),
  ])
  func `what the contract has and this server has not is refused, with what to do instead`(
    name: String, value: String, advice: String
  ) async throws {
    try await withRAGServer { server in
      let body = body(#", "\#(name)": \#(value)"#)
      ResponsesContract.check(try JSONValue(parsing: body.utf8), "CreateResponse")
      for stream in ["", #", "stream": true"#] {
        let response = try await server.post("/v1/responses", String(body.dropLast()) + stream + "}")
        let error = try response.json(JSONValue.self)["error"] ?? .null
        #expect(response.status == 400 && error["type"] == "invalid_request_error", "\(response.text)")
        #expect(error["param"] == .string(name) && error["code"] == "unsupported_parameter")
        #expect(error["message"]?.string?.contains(advice) == true, "\(response.text)")
      }
    }
  }

  @Test func `the answer may be text alone`() async throws {
    let format =
      #", "text": {"format": {"type": "json_schema", "name": "a", "schema": {"type": "object"}}}"#
    try await withRAGServer { server in
      let response = try await server.post("/v1/responses", body(format))
      #expect(response.status == 400)
      #expect(try response.json(JSONValue.self)["error"]?["param"] == "text.format")
    }
  }

  @Test func `unknown models and routes are errors of OpenAI's shape`() async throws {
    try await withRAGServer(configure: asking(try fake())) { server in
      let unknown = try await server.post("/v1/responses", #"{"model": "gpt-9", "input": "a"}"#)
      #expect(unknown.status == 404)
      #expect(try unknown.json(JSONValue.self)["error"]?["code"] == "model_not_found")
      for (method, path, status) in [("GET", "/v1/responses", 405), ("GET", "/v1/responses/resp_1", 404)] {
        let response = try await server.send(method, path)
        #expect(response.status == status)
        #expect(try response.json(JSONValue.self)["error"]?["type"] == "invalid_request_error")
      }
    }
  }

  @Test func `without a chat model the documents' sentences answer, with tokens estimated`() async throws {
    try await withRAGServer { server in
      let reply = try await server.respond(body())
      let text = try #require(onlyPart(reply)?["text"]?.string)
      #expect(text.contains("120 degrees. [1]"))
      let usage = try #require(reply["usage"])
      let counts = ["input_tokens", "output_tokens", "total_tokens"].compactMap { usage[$0]?.integer }
      #expect(counts.count == 3 && counts[0] > 5 && counts[1] > 5 && counts[2] == counts[0] + counts[1])
      // As chat completions count the same.
      let completion = try await server.post(
        "/v1/chat/completions",
        #"{"model": "footnote", "messages": [{"role": "user", "content": "How far does the knee joint bend the leg?"}]}"#
      ).json(JSONValue.self)
      #expect(completion["usage"]?["total_tokens"] == usage["total_tokens"])
      #expect(completion["citations"] == reply["citations"])
      #expect(completion["confidence"] == reply["confidence"])
    }
  }

  @Test func `a refusal is a text, as it is for chat completions`() async throws {
    try await withRAGServer { server in
      let reply = try await server.respond(body(question: "Who won the 2014 world cup?"))
      #expect(reply["status"] == "completed" && reply["answered"] == false && reply["citations"] == [])
      let part = try #require(onlyPart(reply))
      #expect(part["type"] == "output_text" && part["annotations"] == [])
      #expect(part["text"] == "The documents do not answer this question.")
    }
  }

  @Test func `an answer that comes to the limit of tokens is incomplete`() async throws {
    let documents = [
      "leg.md":
        "# Leg\n\nThe knee joint of this robot bends the whole leg by some 120 degrees, as far as its mechanical stops allow it to go."
    ]
    try await withRAGServer(documents) { server in
      let whole = try await server.respond(body())
      let limit = #", "max_output_tokens": 16"#
      let reply = try await server.respond(body(limit))
      #expect(reply["status"] == "incomplete" && reply["completed_at"] == .null)
      #expect(reply["incomplete_details"] == ["reason": "max_output_tokens"])
      #expect(reply["output"]?.array?.first?["status"] == "incomplete")
      #expect((reply["usage"]?["output_tokens"]?.integer ?? 99) <= 16)
      let text = onlyPart(reply)?["text"]?.string ?? ""
      #expect(!text.isEmpty && onlyPart(whole)?["text"]?.string?.hasPrefix(text) == true)
      let events = try await server.streamResponse(body(limit + #", "stream": true"#))
      #expect(events.last?["type"] == "response.incomplete")
      #expect(onlyPart(events.last?["response"]) == onlyPart(reply))
    }
  }

  @Test func `what is asked is counted and recorded as it is for chat completions`() async throws {
    let fake = try fake()
    let settings = ["ADMIN_API_KEY": RAGServerFixture.adminKey]
    try await withRAGServer(configure: asking(fake, settings)) { server in
      let admin = "Authorization: Bearer \(RAGServerFixture.adminKey)"
      let refused = "Who won the 2014 world cup?"
      _ = try await server.respond(body())
      _ = try await server.respond(#"{"model": "extractive", "input": "\#(refused)"}"#)
      _ = try await server.streamResponse(body(#", "stream": true"#))
      let usage = try await server.send("GET", "/api/usage", headers: [admin]).json(JSONValue.self)
      #expect(usage["totals"]?["questions"] == 3 && usage["totals"]?["answered"] == 2)
      #expect(usage["totals"]?["prompt_tokens"] == 18 && usage["totals"]?["completion_tokens"] == 6)
      let gaps = try await server.send("GET", "/api/analytics/gaps", headers: [admin])
      #expect(gaps.status == 200 && gaps.text.contains(refused), "\(gaps.text)")
      let metrics = try PrometheusText(parsing: try await server.send("GET", "/metrics").text)
      let labels = ["route": "/v1/responses", "method": "POST", "status": "200"]
      #expect(metrics.value("footnote_http_requests_total", labels) == 3)
    }
  }

  @Test func `whoever may not chat may not ask`() async throws {
    let settings = ["ACCOUNTS": "required", "ADMIN_API_KEY": RAGServerFixture.adminKey]
    try await withRAGServer(configure: environment(settings)) { server in
      let refused = try await server.post("/v1/responses", body())
      #expect(refused.status == 401)
      #expect(try refused.json(JSONValue.self)["error"]?["code"] == "invalid_api_key")
      for (scope, status) in [("chat", 200), ("ingest", 403)] {
        let key = try await server.makeKey([scope == "chat" ? .chat : .ingest])
        let response = try await server.send(
          "POST", "/v1/responses",
          headers: ["Content-Type: application/json", "Authorization: Bearer \(key)"], body: body())
        #expect(response.status == status, "\(scope): \(response.text)")
      }
    }
  }
}
