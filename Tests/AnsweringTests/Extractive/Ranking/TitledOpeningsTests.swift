import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// What opens a page or section that is titled with the thing in question.
@Suite struct TitledOpeningsTests {
  private func thing(_ question: String) -> TitledThing {
    TitledThing(names: QuestionWords(question).subjects)
  }

  @Test(arguments: [
    ("What is a tablespace?", "Tablespaces"), ("What is a tablespace?", "23.6. Tablespaces"),
    ("What does git rebase do?", "git-rebase(1)"), ("What is a branch?", "What is a branch?"),
    ("What is a decorator?", "Decorators \u{2014} Python 3.11 documentation"),
    ("What is TOAST?", "Appendix B. TOAST"), ("What does TRUNCATE do?", "The TRUNCATE command"),
    ("What does the EXPLAIN command do?", "EXPLAIN"), ("Tell me about tide gauges", "Tide gauge"),
    ("What is rerere good for?", "git-rerere(1)"), ("What is a Worker?", "Class: `Worker`"),
    ("What's the winch meant for?", "The winch"),
  ])
  func `a title names the thing`(question: String, title: String) throws {
    #expect(thing(question).isNamed(by: title))
  }

  @Test(arguments: [
    ("What is a tablespace?", "CREATE TABLESPACE"), ("What is a tablespace?", ""),
    ("What is a tablespace?", "23.6."),
    ("What does git rebase do?", "git-pull(1)"), ("What is a branch?", "What is a branching strategy?"),
    ("What is a tide gauge?", "Tide gauges of the north"), ("What is a commit?", "pre-commit"),
    ("What is a Worker?", "Event: Worker"),
  ])
  func `other titles do not`(question: String, title: String) throws {
    #expect(!thing(question).isNamed(by: title))
  }

  @Test(arguments: ["How tall is the tower?", "Why does it fail?", "gauge"])
  func `other questions name nothing`(question: String) {
    let passage = Passage.note("Tower\n\nIt is tall.\n\nGauge\n\nIt fails.")
    let read = ReadPassage(passage).statements
    let places = TitledOpenings(ReadQuestion(question)).places(of: read, in: [passage])
    #expect(places.allSatisfy { $0.opening == 0 && $0.thing == nil })
  }

  @Test func `what the page's program is called may be left out of its title`() {
    let page = Passage.note("wait\n\nUsage:  keel wait BOAT\n\nBlocks until a boat stops.")
    #expect(thing("What does keel wait do?").isNamed(by: "wait", above: page))
    #expect(!thing("What does anchor wait do?").isNamed(by: "wait", above: page))
    #expect(!thing("What does keel wait do?").isNamed(by: "wait for it", above: page))
    #expect(!thing("What does wait do?").isNamed(by: "", above: page))
  }

  /// A page whose opening names its subject once, while everything after it does so again and again.
  private static let page =
    "# Tide gauge\n\nThe tide gauge tells staff at the quay how high the water stands.\n\n"
    + (1...40).map { number in
      "## Pier \(number)\n\n"
        + (1...12).map { "The tide gauge at pier \(number) got tide gauge part \($0) of a tide gauge." }
        .joined(separator: " ")
    }.joined(separator: "\n\n")

  @Test func `the opening leads though twenty passages fit better`() async throws {
    let documents = [
      "gauge.md": Self.page, "boats.md": "# Boats\n\nA boat has a keel. Boats pass the tide gauge.",
    ]
    try await withSearcher(over: documents) { searcher in
      let question = "What is a tide gauge?"
      let found = try await searcher.search(
        SearchQuery(question, limit: 20, selection: PassageSelection.none)
      ).passages
      #expect(found.count == 20 && !found.contains { $0.document.hasSuffix("gauge.md") && $0.ordinal == 0 })

      var openings = TitledOpenings(ReadQuestion(question))
      let passages = try await openings.add(to: found, from: searcher.index)
      let opening = try #require(passages.first { openings.chunks.contains($0.chunk) })
      #expect(
        passages.count == 21 && opening.ordinal == 0 && opening.text.contains("tells staff at the quay"))
      // Asked again, nothing is added twice.
      let again = try await openings.add(to: passages, from: searcher.index)
      #expect(again.map(\.chunk) == passages.map(\.chunk))

      let answer = try await Answerer(searcher: searcher).answer(question)
      #expect(answer.answer.hasPrefix("The tide gauge tells staff at the quay"), "\(answer.answer)")
    }
  }

  @Test func `what opens its page says what a thing does though it does not name it`() async throws {
    let documents = [
      "wait.md": """
      ---
      title: wait
      description: The wait command description and usage
      ---

      # wait

      ```
      Usage:  keel wait BOAT

      Block until one or more boats stop

      Options:
            --help   Print usage
      ```

      Later, `keel wait` returns 0 when it was run after a boat had stopped before. Run `keel wait` in a harbour.
      """,
      "stop.md": "# stop\n\nA keel wait does not stop a boat, and does what keel stop does.",
    ]
    let reply = try await Answerer.answer("What does keel wait do?", over: documents)
    #expect(reply.answer.hasPrefix("Block until one or more boats stop"), "\(reply.answer)")
  }

  @Test func `the first statements below a title lead`() {
    let text =
      "Buoys\n\nThey float.\n\nTide gauges\n\nHistory\n\nAdded in: v1.2.0\n\nOne of them. They tell the tide.\n\nThree of them."
    let passage = Passage.note(text)
    let read = ReadPassage(passage).statements
    let places = TitledOpenings(ReadQuestion("What is a tide gauge?")).places(of: read, in: [passage])
    #expect(
      zip(read, places).filter { $0.1.opening > 0 }.map(\.0.statement.line) == [
        "One of them.", "They tell the tide.",
      ])
    #expect(places.allSatisfy { !$0.answers })
  }
}
