import HTTPServer
import Testing

@Suite struct CookieTests {
  @Test func `a cookie is written with its attributes`() {
    let plain = Cookie("session", "abc")
    #expect(plain.headerValue == "session=abc; Path=/; HttpOnly; SameSite=Lax")
    let other = Cookie(
      "s", "a b;c", path: "/x", maxAge: .seconds(60), isHTTPOnly: false, isSecure: true, sameSite: .none)
    #expect(other.headerValue == "s=a%20b%3Bc; Path=/x; Max-Age=60; Secure; SameSite=None")
  }

  @Test(arguments: [
    ("a=1; b=2", ["a": "1", "b": "2"]), ("a=1;b=\"x\"", ["a": "1", "b": "x"]), ("a=1; a=2", ["a": "1"]),
    ("a=b=c", ["a": "b=c"]), ("nothing; =x;;", ["": "x"]), ("", [:]), ("a=\"", ["a": "\""]),
  ])
  func `cookies are read`(field: String, cookies: [String: String]) {
    let head = RequestHead(target: "/", headers: ["Cookie": field])
    #expect(Request(head: head).cookies == cookies)
  }

  @Test func `several cookie fields are joined`() {
    var headers: HTTPHeaders = ["Cookie": "a=1"]
    headers.append("cookie", "b=2")
    #expect(Request(head: RequestHead(target: "/", headers: headers)).cookies == ["a": "1", "b": "2"])
  }
}
