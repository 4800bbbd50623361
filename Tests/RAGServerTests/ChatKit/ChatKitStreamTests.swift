import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import RAGServer

@Suite struct ChatKitStreamTests {
  private let question = "How far does the knee joint bend the leg?"

  private func fake(_ pieces: [String] = ["It bends", " by 120", " degrees [", "1", "]."]) throws
    -> FakeOpenAI
  {
    try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(pieces)
    }
  }

  private func item(_ events: [JSONValue], _ type: String) -> JSONValue? {
    events.last { $0["type"] == "thread.item.done" && $0["item"]?["type"] == .string(type) }?["item"]
  }

  /// ChatKit's page shows Markdown and would load a picture from wherever an answer says.
  @Test func `no picture is loaded, however its mark is cut into pieces`() async throws {
    let fake = try fake([
      "Bends! See !", "[x](http://x.test/?q=1) and ![y](http://y.test) by 120 degrees [1]!",
    ])
    defer { #expect(fake.provider.violations == []) }
    try await withRAGServer(configure: asking(fake)) { server in
      let (_, events) = try await ChatKitClient(server).begin(question)
      let shown = events.compactMap { $0["update"]?["delta"]?.string }.joined()
      let stored = item(events, "assistant_message")?["content"]?.array?.first?["text"]?.string ?? ""
      for text in [shown, stored] {
        #expect(text.contains("Bends! See ！[x](http://x.test/?q=1) and ！[y](http://y.test)"), "\(text)")
        #expect(!text.contains("!["))
      }
      #expect(shown.hasSuffix("!"))
    }
  }

  @Test func `a new thread streams its answer in the order that the protocol gives`() async throws {
    let fake = try fake()
    defer { #expect(fake.provider.violations == []) }
    try await withRAGServer(configure: asking(fake)) { server in
      let page = try await ChatKitClient(server)
      let (thread, events) = try await page.begin(question)
      #expect(
        kinds(events) == [
          "thread.created", "thread.item.done", "stream_options", "progress_update", "thread.item.added",
          "added", "text_delta", "annotation_added", "done", "thread.item.done",
        ])
      #expect(events[0]["thread"]?["title"]?.string == question)
      #expect(item(events, "user_message")?["content"]?.array?.first?["text"]?.string == question)
      let deltas = events.compactMap { $0["update"]?["delta"]?.string }
      #expect(deltas.count >= 3 && deltas.joined() == "It bends by 120 degrees [1].")
      let progress = events.filter { $0["type"] == "progress_update" }.compactMap { $0["text"]?.string }
      #expect(progress.first == "Searching the documents" && progress.last?.hasPrefix("Reading Leg") == true)

      let answer = try #require(item(events, "assistant_message"))
      let content = try #require(answer["content"]?.array?.first)
      #expect(content["text"] == "It bends by 120 degrees [1]." && answer["thread_id"] == thread)
      let annotation = try #require(content["annotations"]?.array?.first)
      #expect(annotation["index"] == 24 && content["annotations"]?.array?.count == 1)
      let source = try #require(annotation["source"])
      #expect(source["type"] == "file" && source["title"] == "Leg" && source["filename"] == "docs/leg.md")
      #expect(source["description"]?.string?.contains("The knee joint bends the leg by 120 degrees.") == true)
      #expect(annotation["citation"]?["start"] != nil && annotation["citation"]?["end"] != nil)
      let done = events.first { $0["update"]?["type"]?.string?.hasSuffix("content_part.done") == true }
      #expect(done?["update"]?["content"] == content, "the part that is done has its annotations too")
    }
  }

  @Test(arguments: [false, true])
  func `an item has one time from its first event on, also when it is replaced and listed`(
    isReplaced: Bool
  ) async throws {
    let fake = try fake()
    try await withRAGServer(configure: asking(fake)) { server in
      if isReplaced {
        let start = FakeOpenAI.frames(["It bends by "])[..<2].map { "data: \($0)\n\n" }.joined()
        fake.provider.misbehave(.answer(LocalResponse(start, type: "text/event-stream")))
      }
      let page = try await ChatKitClient(server)
      let (thread, events) = try await page.begin(question)
      let items = events.filter { $0["item"]?["type"] == "assistant_message" }
      #expect(
        items.map { $0["type"]?.string }
          == ["thread.item.added"] + (isReplaced ? ["thread.item.replaced"] : []) + ["thread.item.done"])
      let listed = try await page.call("items.list", ["thread_id": thread], "ItemPage")["data"]?.array
      let times = items.map { $0["item"]?["created_at"] } + [listed?.first?["created_at"]]
      #expect(Set(times).count == 1 && times[0]?.string != nil, "\(times)")
    }
  }

  @Test func `a thread is the same conversation in every interface`() async throws {
    let fake = try fake()
    defer { #expect(fake.provider.violations == []) }
    try await withRAGServer(configure: asking(fake)) { server in
      let page = try await ChatKitClient(server, #"{"user_id": "ann"}"#)
      let (thread, events) = try await page.begin(question)
      let id = try #require(thread.string)
      let path = "/api/conversations/\(id)"
      let read = try await server.send("GET", path + "?user_id=ann").json(JSONValue.self)
      let messages = try #require(read["messages"]?.array)
      #expect(messages.map { $0["role"] } == ["user", "assistant"])
      #expect(messages[1]["id"] == item(events, "assistant_message")?["id"])
      #expect(messages[1]["citations"]?.array?.count == 1)
      #expect(try await server.send("GET", path).status == 404, "it is ann's")
      // What is said there is an item here, and history for the next answer.
      let body = #"{"message": "And the elbow?", "user_id": "ann", "conversation_id": "\#(id)"}"#
      let reply = try await server.post("/api/chat", body).json(JSONValue.self)
      #expect(reply["conversation_id"] == thread)
      let items = try await page.call("items.list", ["thread_id": thread, "order": "asc"], "ItemPage")
      let types = items["data"]?.array?.map { $0["type"] }
      #expect(types == ["user_message", "assistant_message", "user_message", "assistant_message"])
      #expect(items["data"]?.array?.last?["id"] == reply["message_id"])
      let annotations = items["data"]?.array?.last?["content"]?.array?.first?["annotations"]?.array
      #expect(annotations?.count == 1)
    }
  }

  @Test func `what is quoted and tagged reaches the model and is shown again as it was`() async throws {
    let fake = try fake()
    try await withRAGServer(configure: asking(fake)) { server in
      let page = try await ChatKitClient(server)
      let (thread, _) = try await page.begin(question)
      let tag: JSONValue = [
        "type": "input_tag", "id": "doc_1", "text": "Leg", "data": ["kind": "document"], "interactive": false,
      ]
      let events = try await page.stream(
        "threads.add_user_message",
        [
          "thread_id": thread,
          "input": [
            "content": [tag, ["type": "input_text", "text": ": how far?"]], "attachments": [],
            "quoted_text": "by 120\ndegrees", "inference_options": ["model": "footnote"],
          ],
        ])
      #expect(kinds(events).first == "thread.item.done", "the thread is there already")
      let message = try #require(item(events, "user_message"))
      #expect(message["content"]?.array?.first == tag && message["quoted_text"] == "by 120\ndegrees")
      #expect(message["inference_options"] == ["model": "footnote"])
      let sent = fake.provider.bodies("/v1/chat/completions").last?["messages"]?.elements ?? []
      let prompt = sent.compactMap { $0["content"]?.string }
      #expect(prompt.last?.contains("> by 120\n> degrees\n\nLeg: how far?") == true, "\(prompt)")
      #expect(prompt.contains(question), "with what was said before")
      let listed = try await page.call("items.list", ["thread_id": thread], "ItemPage")
      #expect(listed["data"]?.array?[1] == message, "latest first")
    }
  }

  @Test func `a retry takes back what followed and answers the same message again`() async throws {
    let fake = try fake()
    defer { #expect(fake.provider.violations == []) }
    try await withRAGServer(configure: asking(fake)) { server in
      let page = try await ChatKitClient(server)
      let (thread, first) = try await page.begin(question)
      let message = try #require(item(first, "user_message")?["id"])
      _ = try await page.stream(
        "threads.add_user_message", ["thread_id": thread, "input": ChatKitClient.input("And the elbow?")])
      let again = try await page.stream(
        "threads.retry_after_item", ["thread_id": thread, "item_id": message])
      #expect(kinds(again).first == "stream_options" && kinds(again).last == "thread.item.done")
      let items = try await page.call("items.list", ["thread_id": thread, "order": "asc"], "ItemPage")
      let ids = items["data"]?.array?.map { $0["id"] }
      #expect(ids == [message, item(again, "assistant_message")?["id"]])
      #expect(ids?.last != item(first, "assistant_message")?["id"])

      let answer = item(again, "assistant_message")?["id"] ?? .null
      let wrong = try await page.send("threads.retry_after_item", ["thread_id": thread, "item_id": answer])
      #expect(wrong.status == 400)
      let unknown = try await page.send("threads.retry_after_item", ["thread_id": thread, "item_id": "x"])
      #expect(unknown.status == 404)
      #expect(try unknown.failure().code == "item_not_found")
    }
  }

  @Test func `a failing model is replaced by the documents' own sentences, with a notice`() async throws {
    let fake = try fake()
    let start = FakeOpenAI.frames(["It bends by "])[..<2].map { "data: \($0)\n\n" }.joined()
    try await withRAGServer(configure: asking(fake)) { server in
      fake.provider.misbehave(.answer(LocalResponse(start, type: "text/event-stream")))
      let (_, events) = try await ChatKitClient(server).begin(question)
      #expect(kinds(events).contains("thread.item.replaced") && kinds(events).last == "thread.item.done")
      #expect(events.first { $0["type"] == "notice" }?["level"] == "warning")
      let text = item(events, "assistant_message")?["content"]?.array?.first?["text"]?.string
      #expect(text?.contains("The knee joint bends the leg by 120 degrees. [1]") == true)
    }
  }

  @Test func `a search by words alone says so, and blames no chat model`() async throws {
    let model = FaultyModel()
    try await withRAGServer(model: model) { server in
      model.set(.error(ModelError(.quotaExceeded, provider: "openai", message: "Spent.", hint: "Pay.")))
      let (_, events) = try await ChatKitClient(server).begin(question)
      let notices = events.filter { $0["type"] == "notice" }
      // Without the question's meaning it is less sure of the answer, too.
      #expect(notices.map { $0["title"] } == ["Found by words alone", "Not a sure answer"], "\(notices)")
    }
  }

  @Test func `without fallback the stream ends with an error, and the question can be retried`() async throws
  {
    let fake = try fake()
    try await withRAGServer(configure: asking(fake, ["FALLBACK": "off"])) { server in
      let page = try await ChatKitClient(server)
      let start = FakeOpenAI.frames(["It bends by "])[..<2].map { "data: \($0)\n\n" }.joined()
      fake.provider.misbehave(.answer(LocalResponse(start, type: "text/event-stream")))
      let (thread, events) = try await page.begin(question)
      #expect(kinds(events).suffix(2) == ["thread.item.removed", "error"])
      #expect(events.last?["code"] == "custom" && events.last?["allow_retry"] == true)
      #expect(events.last?["message"]?.string?.isEmpty == false)
      let items = try await page.call("items.list", ["thread_id": thread], "ItemPage")["data"]?.array
      #expect(items?.count == 1)
      let again = try await page.stream(
        "threads.retry_after_item", ["thread_id": thread, "item_id": items?.first?["id"] ?? .null])
      #expect(kinds(again).last == "thread.item.done")
    }
  }

  @Test func `an extractive answer has its annotations too, each where its mark is`() async throws {
    try await withRAGServer { server in
      let (_, events) = try await ChatKitClient(server).begin(question)
      let part = item(events, "assistant_message")?["content"]?.array?.first
      let text = Array((part?["text"]?.string ?? "").unicodeScalars)
      let annotations = part?["annotations"]?.array ?? []
      #expect(!annotations.isEmpty)
      for annotation in annotations { #expect(text[annotation["index"]?.integer ?? 0] == "[") }
    }
  }

  @Test func `when the page leaves, the provider's work stops`() async throws {
    let closed = Signal()
    let provider = try FakeOpenAI.endless(untilClosed: closed)
    let settings = ["OPENAI_BASE_URL": provider.url + "/v1", "OPENAI_API_KEY": "k"]
    try await withRAGServer(configure: environment(settings)) { server in
      let page = try await ChatKitClient(server)
      let port = server.port
      let body = JSONValue.object([
        "type": "threads.create", "params": ["input": ChatKitClient.input(question)],
      ]).text
      try await RawHTTPClient.onThread {
        let client = try RawHTTPClient(port: port)
        try client.send(
          "POST /chatkit HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer \(page.session.clientSecret)\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        _ = try client.readUntil("word")
        client.resetOnClose()
        client.close()
      }
      await closed.wait()
      let threads = try await page.call("threads.list", [:], "ThreadPage")["data"]?.array
      let thread = try #require(threads?.first?["id"])
      // What was read is stored once the work has stopped.
      var items: [JSONValue] = []
      for _ in 0..<200 where items.count < 2 {
        items =
          try await page.call("items.list", ["thread_id": thread, "order": "asc"], "ItemPage")["data"]?.array
          ?? []
        if items.count < 2 { try await Task.sleep(for: .milliseconds(25)) }
      }
      #expect(items.map { $0["type"] } == ["user_message", "assistant_message"])
      #expect(items.last?["content"]?.array?.first?["text"]?.string?.contains("word") == true)
    }
  }
}
