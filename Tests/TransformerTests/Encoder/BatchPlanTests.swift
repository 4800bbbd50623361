import Testing

@testable import Transformer

struct BatchPlanTests {
  @Test(arguments: [
    ([], 100, 2, []), ([500], 100, 2, [[0]]), ([3, 60, 5, 60], 100, 1, [[1], [3, 2, 0]]),
    ([90, 90, 90], 200, 1, [[0, 1], [2]]), ([60, 60], 448, 2, [[0], [1]]),
  ])
  func `texts are grouped by falling length up to a number of tokens`(
    lengths: [Int], tokens: Int, workers: Int, batches: [[Int]]
  ) {
    #expect(BatchPlan(lengths: lengths, tokens: tokens, workers: workers).batches == batches)
  }
}
