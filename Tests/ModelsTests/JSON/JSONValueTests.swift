import Models
import Testing

@Suite("JSON value")
struct JSONValueTests {
  @Test(
    "reads and writes every kind, with sorted keys",
    arguments: [
      (
        #"{"b": [1, 2.5, -0.125, true, false, null], "a": {"x": "é\n\"/"}}"#,
        #"{"a":{"x":"é\n\"/"},"b":[1,2.5,-0.125,true,false,null]}"#
      ),
      ("9007199254740993", "9007199254740993"), ("1e3", "1000"), (#""""#, #""""#), ("[]", "[]"), ("{}", "{}"),
    ])
  func roundTrip(_ text: String, _ expected: String) throws {
    let value = try JSONValue(parsing: text.utf8)
    #expect(value.text == expected)
    #expect(try JSONValue(parsing: value.text.utf8) == value)
  }

  @Test("tells what is no JSON", arguments: ["", "{", "[1 2]", "nul", "{\"a\":}", "\u{0}"])
  func broken(_ text: String) {
    #expect(throws: (any Error).self) { try JSONValue(parsing: text.utf8) }
  }

  @Test("deep nesting is refused, not a crash")
  func deep() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: (any Error).self) { try JSONValue(parsing: text.utf8) }
  }

  @Test("literals and look-ups")
  func literals() {
    let value: JSONValue = ["a": [1, 2.5, "x", true, nil], "n": 3.0]
    #expect(value["a"]?.array?.count == 5)
    #expect(value["n"]?.integer == 3)
    #expect(value["b"] == nil)
    #expect(value["a"]?.array?[2].string == "x")
    #expect(JSONValue.number(.nan).text == #""NaN""#)
  }
}
