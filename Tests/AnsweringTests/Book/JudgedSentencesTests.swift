import Testing

@testable import Answering
@testable import Retrieval

/// Sentences as a chat model writes them, each with the passages that it cites and a judgement whether these say all of
/// it. `Fixtures/judged-sentences.jsonl` are hard ones, of which the weights may be fitted to the half that is marked
/// `tune`; `Fixtures/natural-sentences.jsonl` are whole replies, in the proportion of right and wrong that they have.
@Suite(SampleBook.condition) struct JudgedSentencesTests {
  struct Line: Decodable {
    var passage: String?
    var title: String?
    var heading: String?
    var text: String?
    var id: String?
    var question: String?
    var sentence: String?
    var cites: [String]?
    var supported: Bool?
    var kind: String?
    var part: String?
  }

  struct Judged {
    var id: String
    var kind: String
    var isHeldOut: Bool
    var isSupported: Bool
    var support: Double
    var features: SupportFeatures
  }

  private static func judged(_ file: String) async throws -> [Judged] {
    let model = try #require(SampleBook.model)
    let lines: [Line] = try SampleBook.lines("Tests/AnsweringTests/Fixtures/\(file).jsonl")
    var passages: [String: Passage] = [:]
    for (index, line) in lines.enumerated() {
      guard let name = line.passage, let text = line.text else { continue }
      passages[name] = Passage(
        chunk: index, documentID: index, document: name, source: "/" + name, collection: "default",
        title: line.title, headingPath: [line.heading].compactMap { $0 }, start: 0,
        end: text.unicodeScalars.count, text: text, ordinal: 0, score: 1)
    }
    let vectors = SentenceVectors()
    var judged: [Judged] = []
    for line in lines {
      guard let sentence = line.sentence, let isSupported = line.supported else { continue }
      let cited = try (line.cites ?? []).map { try #require(passages[$0]) }
      var grounder = Grounder(
        line.question ?? "", model: model, vectors: vectors, reader: PassageReader(limit: 1))
      grounder.add(cited)
      let verdict = await grounder.verdict(on: sentence, cited: Array(cited.indices))
      let sources = cited.map { GroundingSource($0) }
      let cosines = await grounder.cosines(of: sentence, in: Array(cited.indices))
      let features = grounder.features(Facts(sentence), sources, cited.indices.map { cosines[$0] ?? [] })
      judged.append(
        Judged(
          id: line.id ?? "", kind: line.kind ?? "", isHeldOut: line.part == "held", isSupported: isSupported,
          support: try #require(verdict.support, "\(sentence)"), features: features))
    }
    return judged
  }

  /// Agreement of support and judgement.
  struct Agreement: CustomStringConvertible {
    var accuracy: Double
    var calibration: Calibration

    init(_ judged: [Judged]) throws {
      let right = judged.count { ($0.support >= SupportFeatures.threshold) == $0.isSupported }
      accuracy = Double(right) / Double(judged.count)
      calibration = try #require(Calibration(judged.map { ($0.support, $0.isSupported) }, bins: 5))
    }

    private static func hundredths(_ value: Double) -> String {
      let whole = Int((value * 100).rounded())
      return "\(whole / 100).\(whole % 100 < 10 ? "0" : "")\(whole % 100)"
    }

    var description: String {
      let bins = calibration.bins.map {
        "\($0.count): \(Self.hundredths($0.stated)) is \(Self.hundredths($0.observed))"
      }
      return "accuracy \(Self.hundredths(accuracy)), Brier \(Self.hundredths(calibration.brier)), "
        + "ECE \(Self.hundredths(calibration.error)); bins \(bins.joined(separator: ", "))"
    }
  }

  @Test
  func
    `support of hard sentences has become no worse, most that are right have it, and made-up numbers do not`()
    async throws
  {
    let judged = try await Self.judged("judged-sentences")
    #expect(judged.count == 120 && judged.count { $0.isHeldOut } == 61)
    let tuned = try Agreement(judged.filter { !$0.isHeldOut })
    let held = try Agreement(judged.filter(\.isHeldOut))
    print("judged sentences, fitted to: \(tuned)")
    print("judged sentences, held out:  \(held)")
    for kind in Set(judged.map(\.kind)).sorted() {
      let items = judged.filter { $0.kind == kind && $0.isHeldOut }
      print(
        "  \(kind): \(items.count { $0.support >= SupportFeatures.threshold }) of \(items.count) held out taken for supported"
      )
    }
    // What was changed in a sentence of the same passage is often not told from a paraphrase; a number that no source
    // holds, and what was made up, is.
    #expect(held.accuracy >= 0.48)
    #expect(held.calibration.brier <= 0.35 && held.calibration.error <= 0.3)
    let supported = judged.filter { $0.isSupported && $0.support >= SupportFeatures.threshold }
    #expect(Double(supported.count) / Double(judged.count(where: \.isSupported)) >= 0.75)
    let invented = judged.filter { $0.features.missingNumbers > 0 && !$0.isSupported }
    #expect(invented.count >= 10)
    #expect(invented.count { $0.support < SupportFeatures.threshold } * 4 >= invented.count * 3)
  }

  @Test
  func `nearly all supported sentences of whole replies pass, and support is calibrated for them`()
    async throws
  {
    let judged = try await Self.judged("natural-sentences")
    #expect(judged.count == 115 && judged.count { !$0.isSupported } == 9)
    let agreement = try Agreement(judged)
    print("sentences of whole replies: \(agreement)")
    let supported = judged.filter(\.isSupported)
    let passed = supported.count { $0.support >= SupportFeatures.threshold }
    print("  supported: \(passed) of \(supported.count) taken for supported")
    let wrong = judged.filter { !$0.isSupported }.map { "\($0.kind) \($0.support)" }
    print("  not supported: \(wrong.joined(separator: ", "))")
    #expect(Double(passed) / Double(supported.count) >= 0.93)
    #expect(agreement.calibration.brier <= 0.13)
  }
}
