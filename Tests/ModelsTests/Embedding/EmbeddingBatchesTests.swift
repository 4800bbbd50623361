import Testing

@testable import Models

@Suite("Embedding batches")
struct EmbeddingBatchesTests {
  @Test(
    "cover all texts in order within the limits",
    arguments: [
      ([], []), ([1], [0..<1]), ([1, 1, 1], [0..<2, 2..<3]), ([6, 5], [0..<1, 1..<2]),
      ([5, 5, 1], [0..<2, 2..<3]), ([50, 1, 1], [0..<1, 1..<3]), ([1, 50, 1], [0..<1, 1..<2, 2..<3]),
      ([0, 0, 0, 0], [0..<2, 2..<4]),
    ] as [([Int], [Range<Int>])])
  func plan(_ tokens: [Int], _ expected: [Range<Int>]) {
    #expect(EmbeddingBatches.plan(tokens: tokens, maximumInputs: 2, maximumTokens: 10) == expected)
  }
}
