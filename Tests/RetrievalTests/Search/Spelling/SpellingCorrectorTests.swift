import Testing

@testable import Retrieval

@Suite struct SpellingCorrectorTests {
  private static func index(_ texts: [String]) -> LexicalIndex {
    LexicalIndex(of: texts.enumerated().map { (row: $0 + 1, document: 1, header: "", text: $1) })
  }

  private let index = Self.index([
    "The gearbox of the elbow is harmonic.", "Batteries are charged overnight.",
    "A localization filter fuses odometry.", "The elbow bends.",
  ])

  private func corrected(
    _ question: String, known: Set<String> = ["elbow", "charged", "elbows", "light", "Gaerbox"]
  )
    -> String?
  {
    SpellingCorrector(index: index) { known.contains($0) }.corrected(question)
  }

  @Test(arguments: [
    ("Where is the gaerbox?", "Where is the gearbox?"), ("Gearbx, please", "Gearbox, please"),
    ("the (lokalization) filter", "the (localization) filter"), ("odometrry", "odometry"),
    ("how are bateries chargd", "how are batteries charged"),
  ])
  func oneSlipInAWordIsPutRight(question: String, meant: String) {
    #expect(corrected(question) == meant)
  }

  @Test(
    "What is not mistyped stays as it is",
    arguments: [
      // A form of a word that a passage holds.
      "the elbows", "odometries",
      // Known, though no passage holds it; a form of it.
      "light", "lighter", "lightly",
      // Known with a capital.
      "Gaerbox",
      // Names, code, numbers, short words, and what stands in quotes.
      "GearBx", "GEARBX", "gear_bx", "gearbx2", "elb", "\"gaerbox\"", "the «gaerbox harmonic»",
      // Nothing of the corpus lies near.
      "quixotic", "", "?!",
    ])
  func untouched(question: String) {
    #expect(corrected(question) == nil)
  }

  @Test func aKnownWordIsMeantRatherThanAFrequentOne() {
    let index = Self.index(["form form", "form", "fork"])
    let corrector = SpellingCorrector(index: index) { $0 == "fork" }
    #expect(corrector.corrected("forj") == "fork")
    #expect(SpellingCorrector(index: index) { _ in false }.corrected("forj") == "form")
  }

  @Test func slipsAreOfOneLetter() {
    var slips: [String] = []
    SpellingCorrector.forEachSlip(of: Array("ab".utf8)) { slips.append(String(decoding: $0, as: UTF8.self)) }
    #expect(slips.contains("ba") && slips.contains("a") && slips.contains("b") && slips.contains("aab"))
    #expect(slips.contains("abz") && slips.contains("az") && !slips.contains("ab") && !slips.contains("abcd"))
    // 3 places to put 26 letters into, 25 other letters in 2 places, 2 removed, 1 exchange.
    #expect(slips.count == 3 * 26 + 2 * 25 + 2 + 1)
  }

  @Test func wordsPastTheLimitAreLeft() {
    let many = Array(repeating: "gaerbox", count: SpellingCorrector.limit + 1).joined(separator: " ")
    #expect(corrected(many)?.hasSuffix("gearbox gaerbox") == true)
  }

  @Test func noiseIsNotLookedAtForEver() {
    let noise = (0..<SpellingCorrector.guesses).map { "zqxv" + String(repeating: "k", count: $0 % 12) }
    #expect(corrected((noise.dropLast() + ["gaerbox"]).joined(separator: " "))?.hasSuffix("gearbox") == true)
    #expect(corrected((noise + ["gaerbox"]).joined(separator: " ")) == nil)
  }

  @Test func onlyWhatStandsInsideOfQuotesIsLeft() {
    #expect(
      corrected("gaerbox \"the gaerbox\" gaerbox «gaerbox elbow» (gaerbox)")
        == "gearbox \"the gaerbox\" gearbox «gaerbox elbow» (gearbox)")
  }
}
