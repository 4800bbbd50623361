import Models
import Testing

@testable import Accounts

@Suite struct StrictJSONTests {
  @Test(
    arguments: [
      (#"{"a": [1, -2.5, 1e3, true, false, null, "x"]}"#, ["a": [1, -2.5, 1000.0, true, false, nil, "x"]]),
      (#" {"a\u0062" : "\ud83d\ude00\n\/" } "#, ["ab": "😀\n/"]),
      (#"{"a": {"b": {}}, "c": []}"#, ["a": ["b": [:]], "c": []]),
      ("0", 0), ("-0", 0), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
    ] as [(String, JSONValue)])
  func `JSON is read`(text: String, value: JSONValue) {
    #expect(StrictJSON.parse(Array(text.utf8)) == value)
  }

  @Test(arguments: [
    "", "{", "nul", #"{"a": 1"#, #"{"a": 1,}"#, "[1,]", "{} {}", "01", "1.", ".5", "+1", "-", "NaN", "1e",
    "tru",
    "'a'",
    #"{"a": 1, "a": 2}"#, #"{"a": 1, "\u0061": 2}"#, #"{"x": {"a": 1, "a": 1}}"#, #""\ud83d""#, #""\ude00""#,
    #""\x""#, #""\u00zz""#, "\"\n\"", "\u{FEFF}{}", "1e999", String(repeating: "[", count: 10_000),
    String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
  ])
  func `what two readers could take differently is refused`(text: String) {
    #expect(StrictJSON.parse(Array(text.utf8)) == nil)
  }

  @Test func `broken UTF-8 is refused`() {
    #expect(StrictJSON.parse([0x22, 0xC3, 0x22]) == nil)
    #expect(StrictJSON.parse([0x22, 0xED, 0xA0, 0x80, 0x22]) == nil)
  }
}
