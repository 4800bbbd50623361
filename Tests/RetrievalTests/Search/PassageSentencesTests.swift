import Testing

@testable import Retrieval

/// What a reranker looks at of a passage.
@Suite struct PassageSentencesTests {
  @Test func `rows of a table are sentences of their own`() {
    let text =
      "The harvest of this year,\nbed by bed:\n\nBed | Crop | Weight\nNorth | Leek | 12 kg\nSouth | Kale | 9 kg\nThe rest was eaten."
    #expect(
      PassageSentences.sentences(of: text) == [
        "The harvest of this year, bed by bed:", "Bed | Crop | Weight", "North | Leek | 12 kg",
        "South | Kale | 9 kg", "The rest was eaten.",
      ])
  }
}
