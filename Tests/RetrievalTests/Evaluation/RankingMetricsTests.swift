import Retrieval
import Testing

@Suite struct RankingMetricsTests {
  @Test func measuresAreThoseOfTREC() {
    let metrics = RankingMetrics(["x", "a", "y", "b"], judgements: ["a": 2, "b": 1, "c": 1, "y": 0])
    // DCG = 2 / log2(3) + 1 / log2(5), ideal = 2 / log2(2) + 1 / log2(3) + 1 / log2(4)
    #expect(abs(metrics.ndcg10 - (1.261860 + 0.430677) / (2 + 0.630930 + 0.5)) < 1e-5)
    #expect(abs(metrics.recall10 - 2.0 / 3) < 1e-12)
    #expect(metrics.mrr10 == 0.5)
  }

  @Test func whatStandsBelowTenCountsForRecallAlone() {
    let ranking = (0..<20).map { "d\($0)" }
    let metrics = RankingMetrics(ranking, judgements: ["d15": 1])
    #expect(metrics.ndcg10 == 0 && metrics.mrr10 == 0 && metrics.recall10 == 0 && metrics.recall100 == 1)
  }

  @Test func theMeanOfNothingIsNothing() {
    #expect(RankingMetrics.mean([]).ndcg10 == 0)
    #expect(RankingMetrics([], judgements: ["a": 1]).recall100 == 0)
  }

  @Test func resamplingTellsDifferencesFromNoise() {
    let first = (0..<200).map { Double($0 % 7) / 7 }
    #expect(Resampling.significance(first, first) == 1)
    #expect(Resampling.significance(first, first.map { $0 + 0.2 }) < 0.001)
    let noisy = first.enumerated().map { $1 + ($0 % 2 == 0 ? 0.1 : -0.1) }
    #expect(Resampling.significance(first, noisy) > 0.2)
    let interval = Resampling.confidenceInterval(first)
    let mean = first.reduce(0, +) / 200
    #expect(interval.contains(mean) && interval.upperBound - interval.lowerBound < 0.12)
  }
}
