import Testing

@testable import HTTPServer

@Suite struct PercentEncodingTests {
  @Test(arguments: [
    ("plain", "plain"), ("a%20b", "a b"), ("a+b", "a+b"), ("%2F%2e%2E", "/.."), ("caf%C3%A9", "café"),
    ("%e6%97%a5", "日"), ("%25", "%"), ("", ""),
  ])
  func `a path segment is decoded`(segment: String, decoded: String) {
    #expect(PercentEncoding.decodeSegment(segment[...]) == decoded)
  }

  @Test(arguments: ["%", "%4", "%zz", "a%", "%00", "%C3", "%FF%FE", "%-1", "% 41"])
  func `a path segment that two readers could read differently is refused`(segment: String) {
    #expect(PercentEncoding.decodeSegment(segment[...]) == nil)
  }

  @Test(arguments: [
    ("a=1&b=2", [("a", "1"), ("b", "2")]), ("a=x+y%26z", [("a", "x y&z")]),
    ("&&a&=b&", [("a", ""), ("", "b")]),
    ("a=%zz%", [("a", "%zz%")]), ("a=%FF", [("a", "\u{FFFD}")]), ("a==b", [("a", "=b")]), ("", []),
  ])
  func `a form is decoded leniently`(text: String, items: [(String, String)]) {
    #expect(FormItems(parsing: text.utf8).items.map { [$0.name, $0.value] } == items.map { [$0.0, $0.1] })
  }

  @Test func `a repeated name keeps all of its values`() {
    let items = FormItems(parsing: "tag=a&x=1&tag=b".utf8)
    #expect(items["tag"] == "a")
    #expect(items.values(of: "tag") == ["a", "b"])
    #expect(items["Tag"] == nil)
  }
}
