import Models
import Testing

@testable import MCP

@Suite struct RPCMessageTests {
  @Test(arguments: [
    ("3", "expected an object, found a number"), ("{}", "'jsonrpc' is not \"2.0\""),
    (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, "'jsonrpc' is not \"2.0\""),
    (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, "'id' is neither a string nor an integer"),
    (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, "'id' is neither a string nor an integer"),
    (#"{"jsonrpc":"2.0","id":1,"method":3}"#, "'method' is not a string"),
    (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}"#, "'params' is not an object"),
    (#"{"jsonrpc":"2.0","id":1}"#, "there is no 'method'"),
  ])
  func whatIsNoMessageIsSaid(text: String, reason: String) throws {
    let value = try JSONValue(parsing: text.utf8)
    #expect(throws: RPCError(-32600, "Invalid request: \(reason)")) { try RPCMessage(value) }
  }

  @Test(
    arguments: [
      (
        #"{"jsonrpc":"2.0","id":"a","method":"ping"}"#,
        RPCMessage.request(RPCRequest(id: .string("a"), method: "ping"))
      ),
      (#"{"jsonrpc":"2.0","method":"x","params":{"a":1}}"#, .notification(method: "x", params: ["a": 1])),
      (#"{"jsonrpc":"2.0","id":1,"result":{}}"#, .response(RPCResponse(id: .number(1), .success([:])))),
      (
        #"{"jsonrpc":"2.0","id":null,"error":{"code":-1,"message":"No."}}"#,
        .response(RPCResponse(id: nil, .failure(RPCError(-1, "No."))))
      ),
    ] as [(String, RPCMessage)])
  func messagesAreToldApart(text: String, message: RPCMessage) throws {
    #expect(try RPCMessage(JSONValue(parsing: text.utf8)) == message)
  }

  @Test(
    arguments: [
      ("/docs/leg.md", nil), ("/docs/leg.md#char=10,33", 10..<33), ("https://a.org/x#y#char=0,0", 0..<0),
      ("a#char=3,1", nil), ("a#char=x,1", nil),
    ] as [(String, Range<Int>?)])
  func aPassageIsNamedByItsPlace(text: String, range: Range<Int>?) {
    let id = PassageID(text)
    #expect(id.range == range && id.text == text)
  }

  @Test(arguments: ["plain", "käse", " padded ", "=?base64?x?=", "line\nbreak", ""])
  func everyNameFitsIntoAHeader(name: String) {
    let header = Base64Header.encoded(name)
    #expect(header.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    #expect(Base64Header.decoded(header) == name)
  }

  @Test(arguments: ["/docs/leg.md", "https://a.org/x?y=z#w", "stdin:käse 1!/a b"])
  func aDocumentsAddressLeadsBackToItsSource(source: String) {
    let uri = DocumentResources.uri(of: source)
    #expect(uri.hasPrefix("footnote://documents/") && !uri.dropFirst(21).contains("/"))
    #expect(DocumentResources.source(of: uri) == source)
  }

  @Test(arguments: [
    "footnote://documents/", "file:///etc/passwd", "footnote://documents/%zz", "footnote://documents/%FF",
  ])
  func whatIsNoAddressOfADocumentIsNone(uri: String) {
    #expect(DocumentResources.source(of: uri) == nil)
  }
}
