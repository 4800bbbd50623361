import TestSupport
import Testing

@testable import Answering

@Suite struct GapReportTests {
  private let model = HashingEmbeddingModel(dimensions: 512)

  @Test func questionsThatMeanTheSameAreOneGroup() async throws {
    let report = try await GapReport(
      [
        .init("How heavy is the robot arm?", reason: .refused),
        .init("how heavy is the robot arm", reason: .disliked),
        .init("How heavy is the arm of the robot?", reason: .lowConfidence),
        .init("Which battery lasts longest in winter?", reason: .refused),
      ], model: model)
    #expect(report.questions == 4)
    #expect(report.groups.map(\.count) == [3, 1])
    let first = try #require(report.groups.first)
    #expect(first.reasons == ["refused": 1, "disliked": 1, "low_confidence": 1])
    #expect(first.examples.count == 1)
    #expect(report.groups.last?.question == "Which battery lasts longest in winter?")
  }

  @Test func nothingAskedGivesNoGroups() async throws {
    let report = try await GapReport([.init("  ?! ", reason: .refused)], model: model)
    #expect(report == (try await GapReport([], model: model)))
    #expect(report.questions == 0 && report.groups.isEmpty)
  }

  /// Pairs below the threshold stay apart, and a chain is not drawn together by its ends.
  @Test func groupsAreJoinedByTheAverageOfTheirMembers() {
    let cosines: [[Float]] = [
      [1, 0.9, 0.1, 0.2], [0.9, 1, 0.6, 0.1], [0.1, 0.6, 1, 0.3], [0.2, 0.1, 0.3, 1],
    ]
    #expect(GapReport.clusters(cosines).map { $0.sorted() } == [[0, 1], [2], [3]])
    #expect(GapReport.clusters([[1]]) == [[0]])
  }
}
