import HTTPClient
import TestSupport
import Testing

@Suite("Retry policy")
struct RetryPolicyTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var policy = RetryPolicy(attempts: 5, base: .seconds(1), cap: .seconds(6), jitter: .none)
    var attempt = 1
    var previous: Duration?
    var server: Duration?
    var remaining: Duration?
    var random = 0.5
    let delay: Duration?
    var testDescription: String { name }
  }

  static let full = RetryPolicy(attempts: 5, base: .seconds(1), cap: .seconds(6), jitter: .full)
  static let decorrelated = RetryPolicy(
    attempts: 5, base: .seconds(1), cap: .seconds(6), jitter: .decorrelated)

  static let cases = [
    Case(name: "the base after the first try", delay: .seconds(1)),
    Case(name: "doubled after the second", attempt: 2, delay: .seconds(2)),
    Case(name: "doubled again after the third", attempt: 3, delay: .seconds(4)),
    Case(name: "capped", attempt: 4, delay: .seconds(6)),
    Case(name: "nothing after the last try", attempt: 5, delay: nil),
    Case(name: "nothing with one try", policy: .never, delay: nil),
    Case(name: "full jitter: half of it", policy: full, attempt: 2, delay: .seconds(1)),
    Case(name: "full jitter: none of it", policy: full, attempt: 2, random: 0, delay: .zero),
    Case(name: "decorrelated jitter without a previous delay", policy: decorrelated, delay: .seconds(2)),
    Case(
      name: "decorrelated jitter after 1.5 s", policy: decorrelated, attempt: 2, previous: .seconds(1.5),
      delay: .seconds(2.75)),
    Case(
      name: "decorrelated jitter is capped", policy: decorrelated, attempt: 2, previous: .seconds(5),
      random: 0.99, delay: .seconds(6)),
    Case(name: "what the server asks for", server: .seconds(20), delay: .seconds(20)),
    Case(name: "and a little more with jitter", policy: full, server: .seconds(20), delay: .seconds(20.125)),
    Case(name: "a server that asks for zero", server: .zero, delay: .zero),
    Case(name: "not as long as the server asks for", server: .seconds(121), delay: nil),
    Case(name: "before the deadline", remaining: .seconds(1.001), delay: .seconds(1)),
    Case(name: "not at the deadline", remaining: .seconds(1), delay: nil),
    Case(name: "not after the deadline", remaining: .seconds(-1), delay: nil),
    Case(
      name: "not when the server's wish ends after it", server: .seconds(3), remaining: .seconds(2),
      delay: nil),
  ]

  @Test("waits", arguments: cases)
  func delay(_ example: Case) {
    let delay = example.policy.delay(
      afterAttempt: example.attempt, previous: example.previous, serverDelay: example.server,
      remaining: example.remaining, random: example.random)
    #expect(delay == example.delay)
  }

  @Test("never leaves its bounds", arguments: [RetryPolicy.Jitter.none, .full, .decorrelated])
  func bounds(_ jitter: RetryPolicy.Jitter) {
    var random = SeededGenerator(1)
    let policy = RetryPolicy(attempts: 1000, base: .milliseconds(500), cap: .seconds(8), jitter: jitter)
    var previous: Duration?
    for attempt in 1..<1000 {
      let delay = policy.delay(
        afterAttempt: attempt, previous: previous, random: .random(in: 0..<1, using: &random))
      #expect(delay.map { (.zero...policy.cap).contains($0) } == true)
      previous = delay
    }
  }
}
