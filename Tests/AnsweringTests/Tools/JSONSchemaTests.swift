import Models
import Testing

@testable import Answering

@Suite struct JSONSchemaTests {
  private func problems(_ value: String, _ schema: String) throws -> [String] {
    try JSONSchema(JSONValue(parsing: schema.utf8)).problems(in: JSONValue(parsing: value.utf8))
  }

  @Test(arguments: [
    ("3", #"{"type":"string"}"#, "expected string, found integer"),
    ("1.5", #"{"type":"integer"}"#, "expected integer, found number"),
    ("null", #"{"type":["string","integer"]}"#, "expected string or integer, found null"),
    (#""c""#, #"{"enum":["a","b"]}"#, #"expected one of "a", "b", found "c""#),
    ("2", #"{"const":1}"#, "expected 1, found 2"),
    (#""""#, #"{"minLength":1}"#, "is empty"),
    (#""abc""#, #"{"maxLength":2}"#, "is longer than 2 characters"),
    (#""abc""#, #"{"pattern":"^[0-9]+$"}"#, "does not match ^[0-9]+$"),
    ("0", #"{"minimum":1}"#, "expected at least 1, found 0"),
    ("21", #"{"maximum":20}"#, "expected at most 20, found 21"),
    ("1", #"{"exclusiveMinimum":1}"#, "expected more than 1, found 1"),
    ("5", #"{"multipleOf":2}"#, "expected a multiple of 2, found 5"),
    ("{}", #"{"required":["query"]}"#, "query: is missing"),
    (#"{"a":1}"#, #"{"additionalProperties":false}"#, "a: is not known"),
    (
      #"{"a":1}"#, #"{"properties":{},"additionalProperties":{"type":"string"}}"#,
      "a: expected string, found integer"
    ),
    (
      #"{"f":{"tags":["x",1]}}"#,
      #"{"properties":{"f":{"properties":{"tags":{"items":{"type":"string"}}}}}}"#,
      "f.tags[1]: expected string, found integer"
    ),
    ("[]", #"{"minItems":1}"#, "has fewer than 1 elements"),
    ("[1,1]", #"{"uniqueItems":true}"#, "has the same element twice"),
    (#"{"a":1}"#, #"{"anyOf":[{"type":"string"},{"required":["b"]}]}"#, "expected string, found object"),
    ("1", #"{"oneOf":[{"type":"integer"},{"minimum":0}]}"#, "fits 2 of the forms of which it may have one"),
    ("1", #"{"not":{"type":"integer"}}"#, "has a form that is not allowed"),
    ("1", ##"{"$ref":"#/$defs/T","$defs":{"T":{"type":"string"}}}"##, "expected string, found integer"),
    (#"{"k":1,"v":2}"#, #"{"if":{"required":["k"]},"then":{"required":["w"]}}"#, "w: is missing"),
  ])
  func aProblemNamesTheMemberAndWhatWasExpected(value: String, schema: String, problem: String) throws {
    #expect(try problems(value, schema) == [problem])
  }

  @Test(arguments: [
    ("1.0", #"{"type":"integer"}"#), ("1", #"{"type":"number"}"#), ("null", #"{"type":["string","null"]}"#),
    ("null", #"{"type":"string","nullable":true}"#), (#""ab1""#, #"{"pattern":"^[a-z]+[0-9]$"}"#),
    (#""x""#, #"{"anyOf":[{"type":"integer"},{"type":"string"}]}"#), ("{}", "true"), ("1", #"{"const":1.0}"#),
    (#"{"n":{"n":{}}}"#, ##"{"properties":{"n":{"$ref":"#"}}}"##),
    ("[1,\"a\"]", #"{"prefixItems":[{"type":"integer"}]}"#),
    // Not understood, so that they forbid nothing.
    (#""aaaa""#, #"{"pattern":"^(a+)+$"}"#), ("1", #"{"$ref":"https://example.org/other.json"}"#),
  ])
  func whatFitsHasNoProblems(value: String, schema: String) throws {
    #expect(try problems(value, schema) == [])
  }

  @Test func aSchemaThatRefersToItselfForEverEnds() throws {
    #expect(try problems("1", ##"{"$ref":"#"}"##) == ["is nested too deeply to be checked"])
  }
}
