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

  /// Two thousand wordings or twenty: how many are compared at once must not show.
  @Test(arguments: [1, 2, 3, 100])
  func groupsDoNotDependOnHowManyAreComparedAtOnce(block: Int) async throws {
    let report = try await GapReport(
      [
        .init("How heavy is the robot arm?", reason: .refused),
        .init("Which battery lasts longest in winter?", reason: .refused),
        .init("How heavy is the arm of the robot?", reason: .lowConfidence),
        .init("Which battery lasts longest in the winter?", reason: .refused),
        .init("Who painted it blue?", reason: .disliked),
      ], model: model, block: block)
    #expect(report.groups.map(\.count) == [2, 2, 1] && report.leftOut == 0)
    #expect(report.groups.allSatisfy { $0.examples.count == $0.count - 1 })
  }

  @Test func theCommonestWordingsAreGroupedAndTheOthersCounted() async throws {
    let questions = (0..<30).map { GapReport.Question("Odd thing \($0)?", reason: .refused) }
    let often = [GapReport.Question](repeating: .init("How heavy is the arm?", reason: .refused), count: 3)
    let report = try await GapReport(questions + often, model: model, limit: 5)
    #expect(report.questions == 33 && report.leftOut == 26)
    #expect(report.groups.contains { $0.question == "How heavy is the arm?" && $0.count == 3 })
  }

  @Test(arguments: [
    ("hello", true), ("Thank you very much!", true), ("ok thanks, that is great", true),
    ("Good morning", true),
    ("thanks, how do I install it?", false), ("hi, is it free?", false), ("is it good", false), ("", false),
    ("what is a good night", false), ("is that all", false),
  ])
  func greetingsAndThanksAreNoGaps(message: String, isCourtesy: Bool) async throws {
    #expect((Courtesy(message) != nil) == isCourtesy)
    let report = try await GapReport([.init(message, reason: .refused)], model: model)
    #expect(report.questions == (isCourtesy || message.isEmpty ? 0 : 1))
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
