import HTTPClient
import Testing

@Suite struct WebURLTests {
  @Test(arguments: [
    ("HTTP://Example.ORG:80/a/../b/./c?x=1#top", "http://example.org/b/c?x=1#top"),
    ("https://example.org", "https://example.org/"),
    ("https://example.org:8443/x", "https://example.org:8443/x"),
    (" https://example.org/a b\n", "https://example.org/a%20b"),
    ("http://[::1]:8080/x", "http://[::1]:8080/x"),
  ])
  func `an address is brought into normal form`(text: String, expected: String) throws {
    #expect(try #require(WebURL(text)).description == expected)
  }

  @Test(arguments: [
    "", "example.org", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)",
    "mailto:a@example.org",
    "http://user:secret@example.org/", "http://", "data:text/html,x",
  ])
  func `what is no web page's address is refused`(text: String) {
    #expect(WebURL(text) == nil)
  }

  @Test(
    arguments: [
      ("b.html", "https://e.org/docs/b.html"), ("../x/", "https://e.org/x/"), ("/y", "https://e.org/y"),
      ("//other.org/z", "https://other.org/z"), ("?q=1", "https://e.org/docs/a.html?q=1"),
      ("#part", "https://e.org/docs/a.html#part"), ("https://o.org/", "https://o.org/"),
      ("mailto:x@e.org", nil), ("javascript:void(0)", nil), ("tel:123", nil),
    ] as [(String, String?)])
  func `a link is resolved against its page`(link: String, expected: String?) throws {
    let page = try #require(WebURL("https://e.org/docs/a.html#here"))
    #expect(page.resolving(link)?.description == expected)
  }
}

@Suite struct AddressPolicyTests {
  @Test(arguments: [
    ("127.0.0.1", true), ("10.1.2.3", true), ("172.16.0.1", true), ("172.32.0.1", false),
    ("192.168.1.1", true),
    ("169.254.169.254", true), ("100.64.0.1", true), ("0.0.0.0", true), ("224.0.0.1", true),
    ("8.8.8.8", false),
    ("::1", true), ("fe80::1", true), ("fd00::1", true), ("::ffff:127.0.0.1", true),
    ("::ffff:8.8.8.8", false),
    ("64:ff9b::a00:1", true), ("2002:7f00:1::", true), ("2606:4700::1111", false), ("localhost", true),
    ("a.localhost", true), ("example.org", false),
  ])
  func `addresses that not everybody can reach are known`(host: String, isPrivate: Bool) {
    #expect(AddressPolicy.isPrivate(host: host) == isPrivate)
  }
}
