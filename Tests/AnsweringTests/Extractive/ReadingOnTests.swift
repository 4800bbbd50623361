import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// What follows the statement that leads an answer.
@Suite struct ReadingOnTests {
  private let text = """
    The robot's arm is calibrated from its base. Switch the power off before. Hold the red key for five seconds:

    ```
    arm calibrate --from base
    ```

    The lamp turns green. It stays green for a minute.

    ## Storage

    The arm is stored upright.
    """

  /// The texts of an answer that begins with the statement which starts with `lead`.
  private func extended(
    _ question: String, from lead: String, in text: String, index: (any PassageIndex)? = nil
  ) async throws -> [String]? {
    let passage = Passage(
      chunk: 1, documentID: 1, document: "arm.md", source: "/arm.md", collection: "default",
      title: "Arm", headingPath: [], start: 0, end: text.unicodeScalars.count, text: text, ordinal: 0,
      score: 1)
    let statements = Statement.statements(of: passage, at: 0)
    let first = try #require(statements.first { $0.text.hasPrefix(lead) })
    let chosen = ChosenStatements(
      statements: [first], outline: StatementOutline(statements), passages: [passage])
    return await ReadingOn(ReadQuestion(question))?.extended(chosen, from: index).statements.map(\.text)
  }

  @Test func `whoever wants to do something gets the rest of the section with its code`() async throws {
    let texts = try await extended("How do I calibrate the arm?", from: "The robot's", in: text)
    #expect(
      texts == [
        "The robot's arm is calibrated from its base.", "Switch the power off before.",
        "Hold the red key for five seconds:", "arm calibrate --from base", "The lamp turns green.",
        "It stays green for a minute.",
      ])
  }

  @Test func `code that nobody asked for ends it, and what leads to such code goes`() async throws {
    let texts = try await extended("Why is the arm calibrated?", from: "The robot's", in: text)
    #expect(texts?.last == "Switch the power off before.")
  }

  @Test(arguments: [
    "Who built the arm?", "How long is the arm?", "Does the arm move?", "Which arm is green?",
  ])
  func `a fact needs no more`(question: String) async throws {
    #expect(try await extended(question, from: "The robot's", in: text) == nil)
  }

  @Test func `words are bound, fewer around code`() async throws {
    let sentence = "One two three four five six seven eight nine"
    let numbered = (1...30).map { "\(sentence) \($0)." }.joined(separator: " ")
    // Sentences say different things: none repeats another.
    let prose = (1...30).map { "Part\($0)a part\($0)b part\($0)c part\($0)d part\($0)e is word\($0)." }
      .joined(separator: " ")
    let instruction = try await extended("How do I mount it?", from: "Part1a", in: prose)
    #expect(instruction?.count == 130 / 7)
    let reason = try await extended("Why is it mounted?", from: "Part1a", in: prose)
    #expect(reason?.count == 60 / 7)
    let coded = try await extended(
      "How do I mount it?", from: "Mount", in: "Mount it so:\n\n```\nmount --now\n```\n\n" + prose)
    #expect(coded?.count == 2 + (70 - 3) / 7)
    #expect(try await extended("How do I mount it?", from: "One", in: numbered)?.count == 1)
  }

  @Test func `it ends where another entry, another point or a list begins`() async throws {
    let entries = "## speed\n\nSets how fast it turns. Give meters.\n\n## force\n\nSets how hard it holds."
    #expect(try await extended("How do I set the speed?", from: "Sets how fast", in: entries)?.count == 2)
    let points = "- Keep the arm dry.\n- Wear gloves.\n- Call for help."
    #expect(try await extended("How do I keep it dry?", from: "Keep", in: points)?.count == 1)
    let steps = "1. Open the lid.\n2. Take the cell out.\n3. Close it again."
    #expect(try await extended("How do I take the cell out?", from: "Open", in: steps)?.count == 3)
    let captions = "Hold the arm still. Then push.\n\n--reverse, -r\n\nTurns it back."
    #expect(try await extended("How do I turn it?", from: "Hold", in: captions)?.count == 2)
    let list = "The arm has parts:\n\n- a joint of steel\n- a hand of rubber"
    #expect(try await extended("How do I name the parts?", from: "The arm", in: list)?.count == 1)
  }

  @Test func `it goes on in the next chunk, and citations hold`() async throws {
    let page = "# Arms\n\n## Mounting an arm\n\n" + Self.sentences.joined(separator: " ")
    try await withTemporaryDirectory { directory in
      try write(page, to: directory + "/docs/arm.md")
      let model = HashingEmbeddingModel(dimensions: 512)
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let options = IndexingOptions(chunking: ChunkingOptions(target: 40, overlap: 0, minimum: 0))
      _ = try await Indexer(corpus: corpus, model: model, loader: DocumentReader(), options: options).run(
        .walk([directory + "/docs"]))
      let answer = try await Answerer(searcher: try await Searcher(corpus: corpus, model: model))
        .answer("How do I mount an arm?")
      let quotes = answer.citations.map(\.quote)
      #expect(quotes.starts(with: Self.sentences.prefix(5)), "\(answer.answer)")
      let stored = Array(try MarkdownParser().parse(Array(page.utf8), name: "arm.md").text.unicodeScalars)
      for citation in answer.citations {
        #expect(stored[citation.start..<citation.end].elementsEqual(citation.quote.unicodeScalars))
      }
    }
  }

  /// An index whose server is gone.
  private struct LostIndex: PassageIndex {
    private struct Gone: Error {}

    func candidates(
      for query: SearchQuery, depth: Int, vector: @escaping @Sendable () async throws -> ArraySlice<Float>
    ) async throws -> PassageCandidates { throw Gone() }
    func opening(of passage: Passage, below headings: ArraySlice<String>) async throws -> Passage? {
      throw Gone()
    }
    func joined(_ passage: Passage, to ordinal: Int) async throws -> Passage? { throw Gone() }
    func inverseDocumentFrequencies(of terms: [String]) async throws -> [Double] { throw Gone() }
    func corrected(_ question: String, knows: @escaping @Sendable (String) -> Bool) async throws -> String? {
      throw Gone()
    }
  }

  @Test func `an index that fails costs the next chunk, not the answer`() async throws {
    let sentences = Self.sentences.prefix(2)
    let texts = try await extended(
      "How do I mount an arm?", from: "To mount", in: sentences.joined(separator: " "), index: LostIndex())
    #expect(texts == Array(sentences))
  }

  private static let sentences = [
    "To mount an arm, bring the frame below the beam and lower it.", "Grease every bolt of steel first.",
    "Turn the long screw until a click is heard.", "Some green lamp glows after two minutes.",
    "Finally write the date on the yellow card.", "Nobody else needs to sign that.",
  ]
}
