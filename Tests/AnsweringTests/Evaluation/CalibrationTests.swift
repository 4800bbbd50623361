import Testing

@testable import Answering

@Suite struct CalibrationTests {
  @Test func `what is stated is held against what came true, bin by bin`() throws {
    let calibration = try #require(
      Calibration([(0.05, false), (0.3, true), (0.3, false), (0.95, true), (1, true)]))
    #expect(calibration.bins.map(\.from) == [0, 0.3, 0.9])
    #expect(calibration.bins.map(\.count) == [1, 2, 2])
    #expect(calibration.bins.map(\.observed) == [0, 0.5, 1])
    #expect(calibration.bins.map(\.stated) == [0.05, 0.3, 0.975])
    // (1 × 0.05 + 2 × 0.2 + 2 × 0.025) / 5
    #expect(abs(calibration.error - 0.1) < 1e-9)
    // (0.05² + 0.7² + 0.3² + 0.05² + 0) / 5
    #expect(abs(calibration.brier - 0.117) < 1e-9)
    #expect(abs(calibration.constantBrier - 0.24) < 1e-9)
  }

  @Test func `nothing stated is not calibrated`() {
    #expect(Calibration([]) == nil)
  }

  @Test func `fewer bins are wider`() throws {
    let calibration = try #require(Calibration([(0.1, false), (0.15, true), (0.21, true)], bins: 5))
    #expect(calibration.bins.map(\.from) == [0, 0.2])
    #expect(calibration.bins.map(\.count) == [2, 1])
  }
}
