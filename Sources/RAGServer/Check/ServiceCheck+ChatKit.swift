import HTTPClient
import Models

extension ServiceCheck {
  /// Begins a session as a page does, and a thread with one message in it, and reads the answer's events to their end.
  func chatKit(_ question: String) async throws -> Outcome {
    let session = try await client.json(.post, "/api/chatkit/session", [:])
    guard let secret = session["client_secret"]?.string else {
      throw Self.missing("client_secret", "/api/chatkit/session")
    }
    if session["hosted"] == true {
      return Outcome(detail: "Sessions are OpenAI's, which answers in place of this server.")
    }
    let message: JSONValue = [
      "type": "threads.create",
      "params": [
        "input": [
          "content": [["type": "input_text", "text": .string(question)]], "attachments": [],
          "inference_options": [:],
        ]
      ],
    ]
    var thread: String?
    var last: JSONValue?
    do {
      for try await event in try await client.events("/chatkit", message, key: secret) {
        guard let value = try? JSONValue(parsing: event.data.utf8), let type = value["type"]?.string else {
          throw CheckFailure(detail: "/chatkit sent an event that is no JSON object with a type.")
        }
        if type == "error" {
          throw CheckFailure(detail: value["message"]?.string ?? "The stream ended with an error.")
        }
        if type == "thread.created" { thread = value["thread"]?["id"]?.string }
        last = value
      }
    } catch let error as HTTPClientError {
      throw CheckFailure(detail: error.description, hint: Self.cutOff)
    }
    guard let thread else {
      throw CheckFailure(
        detail: "The stream of /chatkit told of no thread.", hint: "What answers there is another version.")
    }
    guard last?["type"] == "thread.item.done", last?["item"]?["type"] == "assistant_message" else {
      throw CheckFailure(detail: "The stream of /chatkit ended without the whole answer.", hint: Self.cutOff)
    }
    return Outcome(detail: "Thread \(thread) has its answer.")
  }
}
