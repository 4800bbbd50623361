import FoundationEssentials
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

  private struct Sample: Encodable {
    enum Kind: String, Codable { case whole }

    struct Part: Encodable {
      var number = 0.1
      var small: Float = 0.1
      var byte: UInt8 = 7
      var missing: Int?
      var date = Date(timeIntervalSince1970: 1.5)
    }

    var kind = Kind.whole
    var parts = [Part(), Part()]
    var table = ["a": [1.0, 2.5], "b": []]
    var free: JSONValue = ["x": [1, nil, true]]
    var none: [Int] = []
    var large = UInt64.max
    var nothing: Part?
  }

  @Test("encodes as JSONEncoder does, and is read again")
  func encoding() throws {
    let value = try JSONValue(encoding: Sample())
    #expect(try value == JSONValue(parsing: JSONEncoder().encode(Sample())))
    #expect(value["table"]?["a"] == [1, 2.5] && value["parts"]?.array?.count == 2)
    #expect(try JSONValue(encoding: "text") == "text")
    #expect(throws: EncodingError.self) { try JSONValue(encoding: ["a": Double.nan]) }
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
