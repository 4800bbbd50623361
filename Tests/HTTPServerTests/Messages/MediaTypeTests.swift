import HTTPServer
import Testing

@Suite struct MediaTypeTests {
  @Test(arguments: [
    ("application/json", "application/json", [:]),
    ("Text/HTML; Charset=\"utf-8\"", "text/html", ["charset": "utf-8"]),
    (
      "multipart/form-data; boundary=a=b ; x=\"q\\\"r\\\\s\"", "multipart/form-data",
      ["boundary": "a=b", "x": "q\"r\\s"]
    ),
    ("a/b;;c=d", "a/b", ["c": "d"]), ("a/b; c=d; c=e", "a/b", ["c": "d"]), ("a/b; c=\"open", "a/b", [:]),
    ("a/b; c", "a/b", [:]),
  ])
  func `a content type is read`(text: String, essence: String, parameters: [String: String]) throws {
    let type = try #require(MediaType(parsing: text))
    #expect(type.essence == essence)
    #expect(type.parameters == parameters)
  }

  @Test(arguments: ["", "json", "a/", "/b", "a/b/c", "a b/c", ";x=y"])
  func `what has no type and subtype is refused`(text: String) {
    #expect(MediaType(parsing: text) == nil)
  }

  @Test(arguments: [("application/json", true), ("application/problem+json", true), ("text/json5", false)])
  func `JSON is recognised`(text: String, isJSON: Bool) {
    #expect(MediaType(parsing: text)?.isJSON == isJSON)
  }
}
