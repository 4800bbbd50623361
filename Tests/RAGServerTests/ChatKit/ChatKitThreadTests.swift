import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import RAGServer

@Suite struct ChatKitThreadTests {
  private func ids(_ page: JSONValue) -> [JSONValue] { page["data"]?.array?.compactMap { $0["id"] } ?? [] }

  @Test func `threads are listed page by page, renamed and removed`() async throws {
    try await withRAGServer { server in
      let page = try await ChatKitClient(server)
      var threads: [JSONValue] = []
      for word in ["knee", "elbow", "camera"] { threads.append(try await page.begin(word).thread) }

      let all = try await page.call("threads.list", [:], "ThreadPage")
      #expect(ids(all) == threads.reversed() && all["has_more"] == false && all["after"] == nil)
      #expect(all["data"]?.array?.first?["items"]?["data"] == [], "without their items")
      let first = try await page.call("threads.list", ["limit": 2, "order": "asc"], "ThreadPage")
      #expect(ids(first) == Array(threads[..<2]) && first["has_more"] == true)
      let rest = try await page.call(
        "threads.list", ["limit": 2, "order": "asc", "after": first["after"] ?? .null], "ThreadPage")
      #expect(ids(rest) == [threads[2]] && rest["has_more"] == false)

      let renamed = try await page.call(
        "threads.update", ["thread_id": threads[0], "title": "  All about\nknees "], "ThreadResponse")
      #expect(renamed["title"] == "All about knees")
      let read = try await page.call("threads.get_by_id", ["thread_id": threads[0]], "ThreadResponse")
      #expect(read["title"] == "All about knees" && read["status"] == ["type": "active"])
      #expect(read["items"]?["data"]?.array?.map { $0["type"] } == ["user_message", "assistant_message"])
      for title in ["", " ", String(repeating: "x", count: 201)] {
        let refused = try await page.send(
          "threads.update", ["thread_id": threads[0], "title": .string(title)])
        #expect(refused.status == 400)
      }

      _ = try await page.call("threads.delete", ["thread_id": threads[1]], nil)
      #expect(ids(try await page.call("threads.list", [:], "ThreadPage")) == [threads[2], threads[0]])
      let gone = try await page.send("threads.get_by_id", ["thread_id": threads[1]])
      #expect(gone.status == 404)
      #expect(try gone.failure().code == "thread_not_found")
    }
  }

  @Test func `items are listed page by page, and the thread itself shows the first twenty`() async throws {
    try await withRAGServer { server in
      let page = try await ChatKitClient(server)
      let (thread, _) = try await page.begin("knee")
      for number in 0..<10 {
        _ = try await page.stream(
          "threads.add_user_message",
          ["thread_id": thread, "input": ChatKitClient.input("knee number \(number)")])
      }
      let whole = try await page.call("threads.get_by_id", ["thread_id": thread], "ThreadResponse")
      let items = try #require(whole["items"])
      #expect(ids(items).count == 20 && items["has_more"] == true && items["after"] == ids(items).last)
      var seen = ids(items)
      var after = items["after"] ?? .null
      while true {
        let next = try await page.call(
          "items.list", ["thread_id": thread, "limit": 1, "order": "asc", "after": after], "ItemPage")
        seen += ids(next)
        guard next["has_more"] == true else { break }
        after = next["after"] ?? .null
      }
      let newest = try await page.call("items.list", ["thread_id": thread, "limit": 100], "ItemPage")
      #expect(seen.count == 22 && seen == ids(newest).reversed())
    }
  }

  @Test func `threads of somebody else are not found, listed or changed`() async throws {
    try await withRAGServer { server in
      let ann = try await ChatKitClient(server)
      let (thread, events) = try await ann.begin("knee")
      let item = events.last?["item"]?["id"] ?? .null
      let bob = try await ChatKitClient(server)
      #expect(ids(try await bob.call("threads.list", [:], "ThreadPage")) == [])
      let attempts: [(String, JSONValue)] = [
        ("threads.get_by_id", ["thread_id": thread]), ("items.list", ["thread_id": thread]),
        ("threads.delete", ["thread_id": thread]), ("threads.update", ["thread_id": thread, "title": "x"]),
        ("items.feedback", ["thread_id": thread, "item_ids": [item], "kind": "positive"]),
        ("threads.retry_after_item", ["thread_id": thread, "item_id": item]),
        ("threads.add_user_message", ["thread_id": thread, "input": ChatKitClient.input("knee")]),
      ]
      for (type, parameters) in attempts {
        let response = try await bob.send(type, parameters)
        #expect(response.status == 404, "\(type)")
      }
      #expect(ids(try await ann.call("threads.list", [:], "ThreadPage")) == [thread])
    }
  }

  @Test func `a rating of a turn's items is kept with its answer`() async throws {
    try await withRAGServer { server in
      let page = try await ChatKitClient(server)
      let (thread, events) = try await page.begin("knee")
      let items = events.filter { $0["type"] == "thread.item.done" }.compactMap { $0["item"]?["id"] }
      for (kind, rating) in [("positive", 1), ("negative", -1)] as [(JSONValue, JSONValue)] {
        _ = try await page.call(
          "items.feedback", ["thread_id": thread, "item_ids": .array(items), "kind": kind], nil)
        let id = "feedback-\(items.last?.string ?? "")"
        let record = try await server.application.state.records.record(id)
        #expect(record?.content["rating"] == rating)
      }
      let question = try await server.application.state.records.record(
        "feedback-\(items.first?.string ?? "")")
      #expect(question == nil, "it is answers that are rated")
      let unknown = try await page.send(
        "items.feedback", ["thread_id": thread, "item_ids": ["x"], "kind": "positive"])
      #expect(unknown.status == 404)
    }
  }

  @Test(arguments: [
    (#"{"type": "threads.rename", "params": {}}"#, "invalid_request", "type"),
    (#"{"type": "threads.list"}"#, "invalid_request", "params"),
    (#"{"type": "threads.list", "params": {"order": "up"}}"#, "invalid_request", "params.order"),
    (#"{"type": "threads.list", "params": {"limit": -1}}"#, "invalid_request", "params.limit"),
    (#"{"type": "threads.create", "params": {}}"#, "invalid_request", "params.input"),
    (
      #"{"type": "threads.create", "params": {"input": {"content": [], "attachments": []}}}"#,
      "invalid_request", "params.input.content"
    ),
    (
      #"{"type": "threads.create", "params": {"input": {"content": [{"type": "image"}], "attachments": []}}}"#,
      "invalid_request", "params.input.content[0]"
    ),
    (
      #"{"type": "threads.create", "params": {"input": {"content": [{"type": "input_text", "text": "a"}], "attachments": ["atc_1"]}}}"#,
      "attachments_not_supported", "attachments"
    ),
    (
      #"{"type": "threads.create", "params": {"input": {"content": [{"type": "input_text", "text": "a"}], "inference_options": {"model": "gpt-9"}}}}"#,
      "model_not_found", "model"
    ),
    (
      #"{"type": "attachments.create", "params": {"name": "a.pdf", "size": 1, "mime_type": "application/pdf"}}"#,
      "attachments_not_supported", "attachments"
    ),
    (#"{"type": "attachments.delete", "params": {"attachment_id": "a"}}"#, "attachments_not_supported", ""),
    (#"{"type": "input.transcribe", "params": {}}"#, "transcription_not_supported", ""),
    (#"{"type": "threads.custom_action", "params": {}}"#, "actions_not_supported", ""),
    (#"{"type": "threads.add_client_tool_output", "params": {}}"#, "no_pending_tool_call", ""),
    (#"{"type": "threads.add_structured_input", "params": {}}"#, "no_pending_input", ""),
    (#"{"type": "threads.create", "#, "invalid_request", ""),
  ])
  func `what cannot be done is refused with the reason`(body: String, code: String, names: String)
    async throws
  {
    try await withRAGServer { server in
      let page = try await ChatKitClient(server)
      let response = try await server.send(
        "POST", "/chatkit",
        headers: ["Content-Type: application/json", "Authorization: Bearer \(page.session.clientSecret)"],
        body: body)
      #expect(response.status == 400, "\(response.text)")
      let failure = try response.failure()
      #expect(failure.code == code && failure.message.contains(names), "\(failure)")
      #expect(ids(try await page.call("threads.list", [:], "ThreadPage")) == [], "nothing was stored")
    }
  }
}
