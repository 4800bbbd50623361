import Testing

@testable import HTTPServer

@Suite struct AddressRangesTests {
  @Test(
    arguments: [
      (["10.0.0.0/8"], "10.255.1.2", true), (["10.0.0.0/8"], "11.0.0.1", false),
      (["192.168.1.128/25"], "192.168.1.127", false), (["192.168.1.128/25"], "192.168.1.200", true),
      (["192.0.2.7"], "192.0.2.7", true), (["192.0.2.7"], "192.0.2.8", false),
      (["192.0.2.7"], "::ffff:192.0.2.7", true), (["0.0.0.0/0"], "203.0.113.1", true),
      (["0.0.0.0/0"], "2001:db8::1", false), (["2001:db8::/32"], "2001:db8:ffff::1", true),
      (["2001:db8::/33"], "2001:db8:8000::1", false), (["::1", "10.0.0.1"], "10.0.0.1", true),
      (["10.0.0.0/8"], "", false), (["10.0.0.0/8"], "10.0.0.1, 10.0.0.2", false), ([], "10.0.0.1", false),
    ] as [([String], String, Bool)])
  func `addresses are found in networks`(ranges: [String], address: String, isInside: Bool) throws {
    #expect(try #require(AddressRanges(ranges)).contains(address) == isInside)
  }

  @Test(arguments: [
    "", "10.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8/8", "proxy", "::/129",
  ])
  func `what is no network is refused`(text: String) {
    #expect(AddressRanges([text]) == nil)
  }
}
