import HTTPServer
import Testing

@Suite struct DecodeJSONTests {
  private enum Mode: String, Decodable { case hybrid, dense }

  private struct Message: Decodable {
    let role: String
    let content: String
  }

  private struct Input: Decodable {
    var message: String?
    var count: Int?
    var ratio: Double?
    var stream: Bool?
    var mode: Mode?
    var tags: [String]?
    var filter: [String: String]?
    var messages: [Message]?
  }

  private struct Needy: Decodable {
    let message: String
  }

  private func request(_ body: String, contentType: String? = "application/json") -> Request {
    var headers = HTTPHeaders()
    headers["Content-Type"] = contentType
    return Request(head: RequestHead(method: .post, target: "/", headers: headers), body: Array(body.utf8))
  }

  private func message<Value: Decodable>(_ type: Value.Type, _ body: String) throws -> String {
    let error = try #require(throws: HTTPError.self) { try request(body).decodeJSON(type) }
    #expect(error.status == .badRequest)
    #expect(error.code == "invalid_request")
    return error.message
  }

  @Test(arguments: [
    (#"{"message": 3}"#, "message: expected a string, found a number"),
    (#"{"message": ["a"]}"#, "message: expected a string, found a list"),
    (#"{"message": {}}"#, "message: expected a string, found an object"),
    (#"{"count": "3"}"#, "count: expected a whole number, found a string"),
    (#"{"count": 1.5}"#, "count: expected a whole number, found 1.5"),
    (#"{"count": 99999999999999999999}"#, "count: expected a whole number, found 1e+20"),
    (#"{"filter": {"a": "b"}, "count": 1.5, "ratio": 0.5}"#, "one of count, ratio: expected a whole number"),
    (#"{"ratio": true}"#, "ratio: expected a number, found true"),
    (#"{"stream": "yes"}"#, "stream: expected true or false, found a string"),
    (#"{"stream": 1}"#, "stream: expected true or false, found a number"),
    (#"{"mode": "fuzzy"}"#, "mode: 'fuzzy' is not one of the values allowed here"),
    (#"{"mode": 1}"#, "mode: expected a string, found a number"),
    (#"{"tags": "a"}"#, "tags: expected a list, found a string"),
    (#"{"tags": ["a", 2]}"#, "tags[1]: expected a string, found a number"),
    (#"{"tags": ["a", null]}"#, "tags[1]: expected a string, found null"),
    (#"{"filter": []}"#, "filter: expected an object, found a list"),
    (#"{"filter": {"source": 1}}"#, "filter.source: expected a string, found a number"),
    (
      #"{"messages": [{"role": "user", "content": "a"}, {"role": "user"}]}"#,
      "messages[1].content: required, but missing"
    ),
    (#"{"messages": [{"role": null, "content": "a"}]}"#, "messages[0].role: expected a string, found null"),
    (#"[]"#, "the body: expected an object, found a list"),
    (#""text""#, "the body: expected an object, found a string"),
  ])
  func `an error names the field, what was expected and what was found`(body: String, text: String) throws {
    let message = try message(Input.self, body)
    #expect(message == text)
  }

  @Test func `a missing field is named`() throws {
    #expect(try message(Needy.self, "{}") == "message: required, but missing")
    #expect(try message(Needy.self, #"{"message": null}"#) == "message: expected a string, found null")
  }

  @Test(arguments: ["{", "{'a': 1}", "nul", "{\"a\": \u{1}}", "\u{FEFF}{]"])
  func `broken JSON is called that`(body: String) throws {
    let message = try message(Input.self, body)
    #expect(message.hasPrefix("The body is not valid JSON"))
  }

  @Test func `deep nesting is refused and does not exhaust the stack`() throws {
    let body = String(repeating: "[", count: 100_000)
    #expect(try message(Input.self, body).hasPrefix("The body is not valid JSON"))
    let closed = body + String(repeating: "]", count: 100_000)
    _ = try message(Input.self, closed)
  }

  @Test func `an empty body is said to be empty`() throws {
    #expect(try message(Input.self, "") == "The body is empty, and JSON is expected.")
  }

  @Test(arguments: ["application/json", "application/json; charset=utf-8", "application/vnd.api+json", nil])
  func `JSON content types are taken`(contentType: String?) throws {
    let input = try request(#"{"message": "a/b"}"#, contentType: contentType).decodeJSON(Input.self)
    #expect(input.message == "a/b")
  }

  @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "nonsense"])
  func `other content types are answered 415`(contentType: String) throws {
    let error = try #require(throws: HTTPError.self) {
      try request("{}", contentType: contentType).decodeJSON(Input.self)
    }
    #expect(error.status == .unsupportedMediaType)
    #expect(error.hint == "Send the header 'Content-Type: application/json'.")
  }

  @Test func `a response is JSON without escaped slashes`() async throws {
    let response = try Response.json(["url": "https://a/b"], status: .created)
    #expect(response.status == .created)
    #expect(response.headers["Content-Type"] == "application/json")
    #expect(try await response.body.collect() == Array(#"{"url":"https://a/b"}"#.utf8))
  }
}
