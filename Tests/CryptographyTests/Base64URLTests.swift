import Testing

@testable import Cryptography

@Suite struct Base64URLTests {
  @Test(
    arguments: [
      ([], ""), ([0], "AA"), ([0xFF, 0xFE], "__4"), ([1, 2, 3], "AQID"),
      ([0xFB, 0xFF, 0xBF, 0x10], "-_-_EA"),
    ] as [([UInt8], String)])
  func `bytes come back as they were`(bytes: [UInt8], text: String) {
    #expect(Base64URL.encode(bytes) == text)
    #expect(Base64URL.decode(text) == bytes)
  }

  @Test(arguments: ["A", "AAAAA", "AA==", "AB", "AAB", "A+AA", "A/AA", "A A", "AA\n", "é"])
  func `a text has one spelling or none`(text: String) {
    #expect(Base64URL.decode(text) == nil)
  }
}
