import Answering
import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import RAGServer

/// OpenAI's contract of `/v1/responses`; see the schema's member `x-slice`.
enum ResponsesContract {
  static let schema: JSONSchema = {
    let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let data = try? Data(contentsOf: URL(filePath: "/\(folder)/Fixtures/responses.schema.json"))
    return JSONSchema(data.flatMap { try? JSONValue(parsing: $0) } ?? false)
  }()

  /// The definition of each kind of event that is sent here.
  static let events: [String: String] = [
    "response.created": "ResponseCreatedEvent",
    "response.in_progress": "ResponseInProgressEvent",
    "response.output_item.added": "ResponseOutputItemAddedEvent",
    "response.content_part.added": "ResponseContentPartAddedEvent",
    "response.output_text.delta": "ResponseTextDeltaEvent",
    "response.output_text.annotation.added": "ResponseOutputTextAnnotationAddedEvent",
    "response.output_text.done": "ResponseTextDoneEvent",
    "response.content_part.done": "ResponseContentPartDoneEvent",
    "response.output_item.done": "ResponseOutputItemDoneEvent",
    "response.completed": "ResponseCompletedEvent",
    "response.incomplete": "ResponseIncompleteEvent",
    "response.failed": "ResponseFailedEvent",
    "error": "ResponseErrorEvent",
  ]

  static func check(_ value: JSONValue, _ definition: String, _ location: SourceLocation = #_sourceLocation) {
    let problems = schema.problems(in: value, definition: definition)
    #expect(problems == [], "\(definition): \(value.text)", sourceLocation: location)
  }
}

extension RAGServerFixture {
  /// Sends a request that the contract allows, and gives the response, which must be as the contract says.
  func respond(_ body: String) async throws -> JSONValue {
    ResponsesContract.check(try JSONValue(parsing: body.utf8), "CreateResponse")
    let response = try await post("/v1/responses", body)
    #expect(response.status == 200, "\(response.text)")
    let value = try response.json(JSONValue.self)
    ResponsesContract.check(value, "Response")
    return value
  }

  /// Sends a request that the contract allows, and gives the events of the stream.
  func streamResponse(_ body: String) async throws -> [JSONValue] {
    ResponsesContract.check(try JSONValue(parsing: body.utf8), "CreateResponse")
    return checkedEvents(try await post("/v1/responses", body))
  }
}

/// The events of a response's stream, each as the contract says, numbered from 0 and named by its type.
func checkedEvents(_ response: RawResponse) -> [JSONValue] {
  #expect(
    response.status == 200 && response.header("Content-Type") == "text/event-stream", "\(response.text)")
  let events = response.events
  for (index, event) in events.enumerated() {
    let type = event.json["type"]?.string ?? ""
    ResponsesContract.check(event.json, ResponsesContract.events[type] ?? "no definition of '\(type)'")
    #expect(event.type == type && event.json["sequence_number"]?.integer == index, "\(event.data)")
  }
  return events.map(\.json)
}

/// The only part of the only item of a response.
func onlyPart(_ response: JSONValue?) -> JSONValue? {
  guard response?["output"]?.array?.count == 1 else { return nil }
  let content = response?["output"]?.array?.first?["content"]?.array
  return content?.count == 1 ? content?.first : nil
}
