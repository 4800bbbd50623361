import Testing

@testable import Commands

@Suite struct HumanTextTests {
  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1234, "1.2 kB"), (9949, "9.9 kB"), (9950, "10 kB"),
    (12_345, "12 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"), (340_000_000, "340 MB"), (-1500, "-1.5 kB"),
    (Int.max, "9.2 EB"),
  ])
  func `sizes have two or three digits`(count: Int, expected: String) {
    #expect(HumanText.bytes(count) == expected)
  }

  @Test(
    arguments: [
      (.microseconds(850), "850 µs"), (.milliseconds(350), "350 ms"), (.microseconds(999_600), "1.0 s"),
      (.milliseconds(2449), "2.4 s"), (.milliseconds(9960), "10 s"), (.seconds(42), "42 s"),
      (.seconds(60), "1 min"),
      (.seconds(185), "3 min 5 s"), (.seconds(3599), "59 min 59 s"), (.seconds(3600), "1 h"),
      (.seconds(7529), "2 h 5 min"), (.seconds(86_399), "1 d"), (.seconds(273_600), "3 d 4 h"),
      (.zero, "0 µs"),
      (.seconds(-5), "-5.0 s"),
    ] as [(Duration, String)])
  func `durations have the two units that matter`(duration: Duration, expected: String) {
    #expect(HumanText.duration(duration) == expected)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_204_000, "1,204,000"), (-1000, "-1,000"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func `counts are grouped`(count: Int, expected: String) {
    #expect(HumanText.count(count) == expected)
  }

  @Test func `nouns agree with their counts`() {
    #expect(HumanText.count(1, "document") == "1 document")
    #expect(HumanText.count(0, "document") == "0 documents")
    #expect(HumanText.count(2000, "query", plural: "queries") == "2,000 queries")
  }

  @Test(arguments: [
    (312.4, "312/s"), (9.96, "10/s"), (3.24, "3.2/s"), (0.949, "57/min"), (0.1, "6.0/min"),
    (12_345, "12,345/s"),
  ])
  func `rates are a second's or a minute's`(perSecond: Double, expected: String) {
    #expect(HumanText.rate(perSecond) == expected)
  }

  @Test(arguments: [
    (1.005, 2, "1.00"), (1.5, 0, "2"), (-0.04, 1, "0.0"), (-1.25, 1, "-1.3"), (0.000001, 6, "0.000001"),
    (99.995, 1, "100.0"), (.infinity, 2, "inf"), (1e13, 1, "10000000000000.0"),
  ])
  func `decimal places are fixed`(value: Double, digits: Int, expected: String) {
    #expect(HumanText.fixed(value, digits: digits) == expected)
  }
}
