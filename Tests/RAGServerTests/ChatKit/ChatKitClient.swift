import Answering
import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import RAGServer

/// A page that speaks the ChatKit protocol; whatever it sends and gets is compared with the protocol's schema.
struct ChatKitClient: Sendable {
  typealias Session = ChatKitSessionRoutes.SessionReply

  let server: RAGServerFixture
  let session: Session

  init(_ server: RAGServerFixture, _ body: String = "", headers: [String] = []) async throws {
    self.server = server
    let response = try await server.send("POST", "/api/chatkit/session", headers: headers, body: body)
    #expect(response.status == 200, "\(response.text)")
    session = try response.json(Session.self)
  }

  /// Any answer, unchecked.
  func send(_ type: String, _ parameters: JSONValue = [:]) async throws -> RawResponse {
    let body: JSONValue = ["type": .string(type), "params": parameters]
    return try await server.send(
      "POST", "/chatkit",
      headers: ["Content-Type: application/json", "Authorization: Bearer \(session.clientSecret)"],
      body: body.text)
  }

  /// An operation that is answered by JSON of the form that the schema calls `definition`.
  func call(_ type: String, _ parameters: JSONValue = [:], _ definition: String?) async throws -> JSONValue {
    check(["type": .string(type), "params": parameters], "ClientRequest")
    let response = try await send(type, parameters)
    #expect(
      response.status == 200 && response.header("Content-Type") == "application/json", "\(response.text)")
    let value = try response.json(JSONValue.self)
    if let definition { check(value, definition) } else { #expect(value == [:]) }
    return value
  }

  /// An operation that is answered by events.
  func stream(_ type: String, _ parameters: JSONValue) async throws -> [JSONValue] {
    check(["type": .string(type), "params": parameters], "ClientRequest")
    let response = try await send(type, parameters)
    #expect(
      response.status == 200 && response.header("Content-Type") == "text/event-stream", "\(response.text)")
    #expect(!response.text.contains("event:") && !response.text.contains("\n:"), "data lines alone")
    let events = response.events.map(\.json)
    for event in events {
      check(event, "ThreadStreamEvent")
      #expect(!event.text.contains(":null"), "what is not there is left out")
    }
    return events
  }

  static func input(_ text: String) -> JSONValue {
    [
      "content": [["type": "input_text", "text": .string(text)]], "attachments": [],
      "inference_options": [:],
    ]
  }

  /// Begins a thread and gives its id with the events.
  func begin(_ text: String) async throws -> (thread: JSONValue, events: [JSONValue]) {
    let events = try await stream("threads.create", ["input": Self.input(text)])
    return (try #require(events.first?["thread"]?["id"]), events)
  }

  func check(_ value: JSONValue, _ definition: String, _ location: SourceLocation = #_sourceLocation) {
    let problems = Self.schema.problems(in: value, definition: definition)
    #expect(problems == [], "\(definition): \(value.text)", sourceLocation: location)
  }

  /// The schema of the official package; see its member `x-slice`.
  static let schema: JSONSchema = {
    let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let data = try? Data(contentsOf: URL(filePath: "/\(folder)/Fixtures/chatkit.schema.json"))
    return JSONSchema(data.flatMap { try? JSONValue(parsing: $0) } ?? false)
  }()
}

/// The kinds of events in their order, those of updates by their own, repeated ones once.
func kinds(_ events: [JSONValue]) -> [String] {
  var kinds: [String] = []
  for event in events {
    let kind =
      event["update"]?["type"]?.string?.split(separator: ".").last.map(String.init)
      ?? event["type"]?.string ?? ""
    if kinds.last != kind { kinds.append(kind) }
  }
  return kinds
}
