import Testing

@testable import Transformer

struct Base64Tests {
  // The examples of RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
    ("Zm9vYmFy", "foobar"), ("4pa/", "▿"), ("4paB", "▁"),
  ])
  func `bytes are decoded`(text: String, bytes: String) {
    #expect(Base64.decode(text) == Array(bytes.utf8))
  }

  @Test(arguments: ["Z", "Zg=", "Z===", "Zm 9", "Zm9_", "=Zm9", "Zm=9"])
  func `what is not Base64 is told`(text: String) { #expect(Base64.decode(text) == nil) }
}
