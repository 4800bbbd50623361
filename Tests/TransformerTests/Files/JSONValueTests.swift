import Testing

@testable import Transformer

struct JSONValueTests {
  @Test(arguments: [
    ("null", JSONValue.null), (" true ", .boolean(true)), ("-12", .integer(-12)), ("1e3", .number(1000)),
    ("0.5", .number(0.5)), ("99999999999999999999", .number(1e20)), ("\"\"", .string("")),
    (#""a\n\"\\\/é😀""#, .string("a\n\"\\/é😀")), (#""\ud83d""#, .string("\u{FFFD}")),
    (#""\udc00x""#, .string("\u{FFFD}x")), ("[1, [2]]", .array([.integer(1), .array([.integer(2)])])),
    (
      #"{"a": {}, "b": []}"#,
      .object([JSONMember(key: "a", value: .object([])), JSONMember(key: "b", value: .array([]))])
    ),
  ])
  func `values are parsed`(text: String, value: JSONValue) throws {
    #expect(try parse(text) == value)
  }

  @Test(arguments: [
    "", "{", "[", "\"", "\"\\", "\"\\u12", "\"\\u12g4\"", "\"\\x\"", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
    "[1,]", "[1 2]",
    "tru", "nul", "-", "1-2", "1e999", "1 1", "{1:2}", "+1", "'a'", "\u{0}",
  ])
  func `what is not JSON is refused`(text: String) {
    #expect(throws: TransformerError.self) { try parse(text) }
  }

  private func parse(_ text: String) throws -> JSONValue {
    var text = text
    return try text.withUTF8 { try JSONValue.parse(UnsafeRawBufferPointer($0), file: "test") }
  }
}
