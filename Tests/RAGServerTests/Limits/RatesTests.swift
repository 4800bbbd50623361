import State
import Testing

@testable import RAGServer

@Suite struct RatesTests {
  @Test(
    arguments: [
      ("5 per minute", [(5, 60)]), ("5/minute", [(5, 60)]),
      ("5 per minute; 100 per day", [(5, 60), (100, 86_400)]),
      ("5 per minute,100/day", [(5, 60), (100, 86_400)]), ("10 per 5 minutes", [(10, 300)]),
      ("1/s", [(1, 1)]),
      ("2 PER Hour", [(2, 3600)]), (" 3  per  second ; ", [(3, 1)]), ("off", []), ("None", []),
      ("7/week", [(7, 604_800)]),
    ] as [(String, [(Double, Int)])])
  func `rates are read`(text: String, windows: [(Double, Int)]) {
    let expected = windows.map { LimitWindow(limit: $0.0, duration: .seconds($0.1)) }
    #expect(Rates(text)?.windows == expected)
  }

  @Test(arguments: [
    "", ";", "five per minute", "5", "5 per", "per minute", "-5 per minute", "0 per minute",
    "5 per fortnight",
    "5 per minute off", "1.5 per minute", "5 per 0 minutes", "5 per minute per user", "99999999999 per day",
  ])
  func `what is no rate is refused`(text: String) {
    #expect(Rates(text) == nil)
  }

  @Test func `rates are said as they were meant`() throws {
    let rates = try #require(Rates("5/minute, 100 per 2 days; 1/s"))
    #expect(rates.description == "5 per minute; 100 per 2 days; 1 per second")
    #expect(rates.policy == "5;w=60, 100;w=172800, 1;w=1")
  }
}
