import Commands
import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import RAGServer

@Suite struct ResponseStreamTests {
  private func body(_ model: String = "footnote") -> String {
    #"{"model": "\#(model)", "stream": true, "input": "How far does the knee joint bend the leg?"}"#
  }

  private func fake() throws -> FakeOpenAI {
    try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["It bends ", "by 120 degrees [1]", ", they say [9]."])
    }
  }

  private static let opening = [
    "response.created", "response.in_progress", "response.output_item.added", "response.content_part.added",
    "response.output_text.delta",
  ]

  /// The types in their order, repeated ones once.
  private func types(_ events: [JSONValue]) -> [String] {
    var types: [String] = []
    for event in events {
      if let type = event["type"]?.string, type != types.last { types.append(type) }
    }
    return types
  }

  @Test(arguments: ["footnote", "extractive"])
  func `events come in the contract's order, and the last one has the whole response`(model: String)
    async throws
  {
    let fake = try fake()
    try await withRAGServer(configure: asking(fake)) { server in
      let events = try await server.streamResponse(body(model))
      #expect(
        types(events) == Self.opening + [
          "response.output_text.annotation.added", "response.output_text.done", "response.content_part.done",
          "response.output_item.done", "response.completed",
        ])
      let deltas = events.filter { $0["type"] == "response.output_text.delta" }
        .compactMap { $0["delta"]?.string }
      let text = deltas.joined()
      if model == "footnote" {
        #expect(deltas.count > 1 && text == "It bends by 120 degrees [1], they say.")
      } else {
        #expect(text.hasPrefix("The knee joint bends the leg by 120 degrees. [1]"))
      }
      let response = try #require(events.last?["response"])
      let part = try #require(onlyPart(response))
      #expect(part["text"] == .string(text) && response["status"] == "completed")
      func only(_ type: String) -> JSONValue? { events.last { $0["type"] == .string("response.\(type)") } }
      #expect(only("output_text.done")?["text"] == .string(text))
      #expect(only("content_part.done")?["part"] == part)
      #expect(only("output_item.done")?["item"] == response["output"]?.array?.first)
      let annotations = events.filter { $0["type"] == "response.output_text.annotation.added" }
      #expect(annotations.compactMap { $0["annotation"] } == part["annotations"]?.array)
      #expect(annotations.compactMap { $0["annotation_index"]?.integer } == Array(annotations.indices))
      // Each event names the item that it is about, and the response is the same one throughout.
      let item = try #require(response["output"]?.array?.first?["id"])
      #expect(Set(events.compactMap { $0["item_id"] ?? $0["item"]?["id"] }) == [item])
      #expect(Set(events.compactMap { $0["response"]?["id"] }).count == 1)
      #expect(events[0]["response"]?["status"] == "in_progress" && events[0]["response"]?["output"] == [])
      #expect(events[0]["response"]?["created_at"] == response["created_at"])
      #expect(events[2]["item"]?["status"] == "in_progress" && events[2]["item"]?["content"] == [])
      #expect(events[3]["part"]?["text"] == "")

      let whole = try await server.respond(body(model).replacing(#""stream": true, "#, with: ""))
      #expect(onlyPart(whole) == part && whole["citations"] == response["citations"])
      #expect(whole["usage"] == response["usage"])
      #expect(whole["citations"]?.array?.isEmpty == false)
    }
  }

  @Test(arguments: [true, false])
  func `a stream that fails in its middle ends with the error and the response that failed`(
    fallsBack: Bool
  ) async throws {
    let fake = try fake()
    let start = FakeOpenAI.frames(["It bends by "])[..<2].map { "data: \($0)\n\n" }.joined()
    fake.provider.misbehave(.answer(LocalResponse(start, type: "text/event-stream")))
    let settings = fallsBack ? [:] : ["FALLBACK": "off"]
    try await withRAGServer(configure: asking(fake, settings)) { server in
      let events = try await server.streamResponse(body())
      #expect(types(events) == Self.opening + ["error", "response.failed"])
      let error = try #require(events.dropLast().last)
      #expect(error["code"] == "unavailable" && error["param"] == .null)
      let failed = try #require(events.last?["response"])
      #expect(failed["status"] == "failed" && failed["output"] == [] && failed["completed_at"] == .null)
      #expect(failed["error"]?["code"] == "server_error" && failed["error"]?["message"] == error["message"])
      #expect(!events.contains { $0.text.contains(fake.key) })
    }
  }

  @Test func `a failure before the first text has a status of its own`() async throws {
    let fake = try fake()
    try await withRAGServer(configure: asking(fake, ["FALLBACK": "off"])) { server in
      for _ in 0..<8 { fake.provider.misbehave(.answer(FakeOpenAI.error(404, code: "model_not_found"))) }
      let response = try await server.post("/v1/responses", body())
      #expect(response.status == 502 && response.header("Content-Type") == "application/json")
      #expect(try response.json(JSONValue.self)["error"]?["type"] == "server_error")
    }
  }
}
