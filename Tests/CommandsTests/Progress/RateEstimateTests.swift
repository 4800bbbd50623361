import Testing

@testable import Commands

@Suite struct RateEstimateTests {
  @Test func `a steady rate is known from the second sample on`() throws {
    var rate = RateEstimate()
    #expect(rate.perSecond == nil)
    rate.add(count: 0, at: 0)
    #expect(rate.perSecond == nil)
    for second in 1...20 {
      rate.add(count: second * 40, at: Double(second))
      let perSecond = try #require(rate.perSecond)
      #expect(abs(perSecond - 40) < 1e-9)
    }
  }

  @Test func `a change of rate is followed with the memory's time constant`() throws {
    var rate = RateEstimate(memory: 5)
    for tick in 0...600 { rate.add(count: tick * 10, at: Double(tick) / 10) }
    #expect(abs(try #require(rate.perSecond) - 100) < 1e-6)
    // Nothing happens for five seconds: 1/e of the rate is left.
    for tick in 601...650 { rate.add(count: 6000, at: Double(tick) / 10) }
    #expect(abs(try #require(rate.perSecond) - 36.79) < 0.01)
  }

  @Test func `samples at the same moment are taken together`() throws {
    var rate = RateEstimate()
    rate.add(count: 0, at: 0)
    for count in 1...1000 { rate.add(count: count, at: 0.01) }
    #expect(rate.perSecond == nil)
    rate.add(count: 1000, at: 1)
    #expect(abs(try #require(rate.perSecond) - 1000) < 1e-9)
  }

  @Test func `counting backwards is no negative rate`() {
    var rate = RateEstimate()
    rate.add(count: 10, at: 0)
    rate.add(count: 0, at: 1)
    #expect(rate.perSecond == 0)
  }
}
