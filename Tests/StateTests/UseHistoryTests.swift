import Testing

@testable import State

@Suite struct UseHistoryTests {
  @Test func `text and back`() {
    var history = UseHistory(duration: 60_000)
    for (time, cost) in [(1000, 1.0), (2500, 0.1), (2500, 3e-7)] { history.add(cost, at: time) }
    #expect(history.text == "1000:1.0,2500:0.1,2500:3e-07")
    #expect(UseHistory(duration: 60_000, text: history.text, now: 3000) == history)
    #expect(UseHistory(duration: 60_000, text: history.text, now: 61_000).uses.count == 2)
  }

  @Test(arguments: ["", ",", "x", "1:2:3", "99999999999999999999:1", "1:one", "-9223372036854775808:1"])
  func `damaged text is no history`(text: String) {
    #expect(UseHistory(duration: 1000, text: text, now: 5000).uses.isEmpty)
  }

  @Test func `beyond 128 uses those of one slice become one, none is lost`() {
    var history = UseHistory(duration: 64_000)
    for number in 0..<1000 { history.add(1, at: number * 60) }
    #expect(history.sum == 1000)
    #expect(history.uses.count <= UseHistory.exactUses)
    // The first 17 uses lie within the first second and are counted until the last of them is too old.
    #expect(UseHistory(duration: 64_000, text: history.text, now: 64_000 + 959).sum == 1000)
    #expect(UseHistory(duration: 64_000, text: history.text, now: 64_000 + 960).sum == 983)
  }

  @Test func `a use from a clock that is ahead counts from now`() {
    let history = UseHistory(duration: 1000, text: "9000000:2.0", now: 5000)
    #expect(history.sum == 2 && history.end == 6000)
  }
}
