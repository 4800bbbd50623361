import Models
import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

@Suite struct StatementSelectionTests {
  let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))

  private func passage(_ text: String, chunk: Int = 1, score: Double = 1, headings: [String] = []) -> Passage
  {
    Passage(
      chunk: chunk, documentID: chunk, document: "d.md", source: "/d.md", collection: "default",
      title: "Winches", headingPath: headings, start: 0, end: text.unicodeScalars.count, text: text,
      ordinal: 0, score: score, denseScore: 0.7)
  }

  /// The best statements of `scores`, in the order of passages; each is named by its text.
  private func selected(
    _ items: [(text: String, passage: Int, position: Int, score: Double)], stems: [String] = []
  ) -> [String] {
    let ranked = items.map { item in
      RankedStatement(
        read: ReadStatement(
          Statement(
            kind: .sentence, range: 0..<1, text: item.text, passage: item.passage, position: item.position)),
        features: StatementFeatures(), score: item.score)
    }.sorted { $0.score > $1.score }
    let selection = StatementSelection(
      options: ExtractiveAnswerer.Options(), outline: StatementOutline(ranked.map(\.statement)),
      wantsCode: false, stems: stems)
    return selection.statements(ranked, best: ranked[0]).map(\.text)
  }

  @Test func `what comes near the best statement is added, from elsewhere only if it comes nearer`() {
    #expect(selected([("best one", 0, 0, 1), ("second two", 0, 5, 0.86)]) == ["best one", "second two"])
    #expect(selected([("best one", 0, 0, 1), ("second two", 1, 5, 0.86)]) == ["best one", "second two"])
    #expect(selected([("best one", 0, 0, 1), ("second two", 1, 5, 0.75)], stems: ["two"]) == ["best one"])
    #expect(selected([("best one", 0, 0, 1), ("second two", 0, 5, 0.55)], stems: ["two"]) == ["best one"])
  }

  @Test func `what comes less near stands beside the best statement or brings a word of the question`() {
    #expect(selected([("best one", 0, 3, 1), ("second two", 0, 5, 0.7)]) == ["best one"])
    #expect(selected([("best one", 0, 3, 1), ("second two", 0, 4, 0.7)]) == ["best one", "second two"])
    #expect(selected([("best one", 0, 3, 1), ("second two", 0, 2, 0.7)]) == ["best one", "second two"])
    #expect(
      selected([("best one", 0, 3, 1), ("second two", 0, 5, 0.7)], stems: ["one", "two"])
        == ["best one", "second two"])
    #expect(selected([("best one", 0, 3, 1), ("second one", 0, 5, 0.7)], stems: ["one"]) == ["best one"])
  }

  @Test func `the best statement leads, then what follows it, what stands before it, and other passages`() {
    let first = passage("Alpha is first. Beta is second. Gamma is third. It is short. Delta is fifth.")
    let second = passage("Omega is last.", chunk: 2)
    let statements = [first, second].enumerated().flatMap { Statement.statements(of: $1, at: $0) }
    let outline = StatementOutline(statements)
    func text(_ chosen: [Int]) -> String {
      ExtractiveText(chosen.map { statements[$0] }, of: outline, from: [first, second]).text
    }
    #expect(
      text([2, 0, 3, 5])
        == "Gamma is third. [1] It is short. [2] Alpha is first. [3] Omega is last. [4]")
    #expect(text([5, 1, 0]) == "Omega is last. [1] Alpha is first. [2] Beta is second. [3]")
    // What points back stays behind what it points to.
    #expect(text([3, 2, 0]) == "Gamma is third. [1] It is short. [2] Alpha is first. [3]")
  }

  @Test(arguments: [
    ("What is the longest rope of a winch?", "A rope of 90 m is the longest."),
    ("How long is the longest rope of a winch?", "A rope of 90 m is the longest."),
    ("Does a winch lift a car?", "A winch lifts a car."),
  ])
  func `what only repeats the question answers it where yes or no is asked for`(
    question: String, quote: String
  ) async throws {
    let text = """
      - Which winches lift a car?
      - What is the longest rope of a winch?

      Longest rope of a winch

      A rope of 90 m is the longest.

      - Longest rope, of a winch
      - A rope that is old, 1990

      A winch lifts a car.
      """
    let answer = try await answerer.answer(question, from: [passage(text)])
    #expect(answer.citations.first?.quote == quote, "\(answer.answer)")
    #expect(!answer.answer.contains("?") && !answer.answer.contains("Longest rope"), "\(answer.answer)")
  }

  @Test func `a name that the question does not hold is what "who" asks for`() async throws {
    let text =
      "The Load Limit Point is where a winch stops. In 1962 Ada Brook introduced the load limit point."
    let answer = try await answerer.answer("Who introduced the Load Limit Point?", from: [passage(text)])
    #expect(answer.citations.first?.quote == "In 1962 Ada Brook introduced the load limit point.")
    let question = QuestionWords("Who introduced the Load Limit Point?")
    let features = Statement.statements(of: passage(text), at: 0).map { statement in
      StatementFeatures(
        ReadStatement(statement), question: question, rarity: [:], headings: [], similarity: 0, passage: 0
      ).expected
    }
    #expect(features == [0, 1])
  }

  @Test func `the commands that follow the best sentence come with it, and what stands between them`()
    async throws
  {
    let page = """
      A cable of the winch is replaced once a year. The old one is kept. Nobody stands below.

      winchctl release --all
      winchctl load cable

      Then rest.
      """
    let replaced = try await answerer.answer(
      "How do I replace the cable of the winch?", from: [passage(page)])
    #expect(replaced.answer.contains("```\nwinchctl release --all\nwinchctl load cable\n```"))
    #expect(
      replaced.answer.contains("The old one is kept.") && replaced.answer.contains("Nobody stands below."))
    let what = try await answerer.answer("What is replaced once a year?", from: [passage(page)])
    #expect(!what.answer.contains("winchctl"))
    let far = page.replacing("Nobody stands below.", with: "Nobody stands below. Wear gloves. Bring lamps.")
    let command = try await answerer.answer(
      "Which command replaces the cable of the winch?", from: [passage(far)])
    #expect(command.answer.hasPrefix("A cable") && !command.answer.contains("winchctl"), "\(command.answer)")
  }

  @Test func `a passage that lacks a number of the question stands back behind one that holds it`()
    async throws
  {
    let old = passage("The winch of the harbour was painted in 1975.", score: 1)
    let new = passage("The winch of the harbour was painted in 1988.", chunk: 2, score: 0.5)
    let answer = try await answerer.answer("Was the winch of the harbour painted in 1988?", from: [old, new])
    #expect(answer.citations.first?.quote.contains("1988") == true, "\(answer.answer)")
  }

  @Test func `what stands above a statement within its passage counts as its headings`() {
    let text = "Winches\n\nDebian and Ubuntu\n\nAdd the key.\n\nmacOS\n\nIt is a formula.\n\nThe end"
    let statements = Statement.statements(of: passage(text), at: 0)
    #expect(statements.map(\.kind) == [.heading, .heading, .sentence, .heading, .sentence, .sentence])
    #expect(
      statements.map(\.section) == [
        "", "Winches", "Winches Debian and Ubuntu", "Winches Debian and Ubuntu", "macOS", "macOS",
      ])
    let names = "Ada Brook\n\nTom Reed\n\nLena Fox\n\nThey wrote it."
    #expect(
      Statement.statements(of: passage(names), at: 0).map(\.kind)
        == [.sentence, .sentence, .sentence, .sentence])
    let value = "Director: Ada Brook\n\nShe came in 1962."
    #expect(Statement.statements(of: passage(value), at: 0).map(\.kind) == [.sentence, .sentence])
  }

  @Test(arguments: [
    ("v3.2.1 came", ["3.2.1", "cam"]), ("It costs 2.50.", ["it", "cost", "2.50"]),
    ("V2 of 1.x", ["v2", "of", "1", "x"]),
  ])
  func `numbers with dots are one word`(text: String, stems: [String]) {
    #expect(Words.stems(text) == stems)
  }

  @Test func `a version is also what it belongs to`() {
    #expect(Words.terms("Release 3.2.1") == ["releas", "3.2.1", "3.2", "3"])
  }

  @Test(arguments: [
    (
      "beaconctl drain beacon-2\nsudo systemctl restart beacon\nbeaconctl undrain beacon-2",
      TextLayout.Kind.code
    ),
    ("POST /shipments", .code), ("GET off at the station", .prose),
  ])
  func `commands of unknown programs are told by a known one`(text: String, kind: TextLayout.Kind) {
    let utf8 = Array(text.utf8)
    #expect(TextLayout.kind(of: 0..<utf8.count, in: utf8) == kind)
  }
}
