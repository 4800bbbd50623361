import TestSupport
import Testing

@testable import Retrieval

@Suite struct PhraseTests {
  let documents = [
    "/memory/a.md": "The knee joint bends. A joint is a joint.",
    "/memory/b.md": "The joint of the knee bends.",
    "/memory/c.md": "An arm has an elbow.", "/memory/d.md": "joint joint joint knee knee knee",
  ]

  private func sources(_ question: String, _ mode: SearchMode, _ use: SearchQuery.PhraseUse) async throws
    -> [String]
  {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let source = MemorySource(documents)
      let model = HashingEmbeddingModel(dimensions: 256)
      _ = try await Indexer(corpus: corpus, model: model, loader: source).run(source.discovery)
      let searcher = try await Searcher(corpus: corpus, model: model)
      return try await searcher.search(SearchQuery(question, mode: mode, phrases: use)).passages.map(\.source)
    }
  }

  @Test func aPhraseRanksPassagesThatHoldItFirst() async throws {
    #expect(try await sources("knee joint", .lexical, .preferred).first == "/memory/d.md")
    #expect(try await sources("\"knee joint\"", .lexical, .preferred).prefix(1) == ["/memory/a.md"])
    #expect(
      try await sources("\"Knee Joints\" “joint of the knee”", .lexical, .preferred).prefix(1) == [
        "/memory/b.md"
      ])
    #expect(Set(try await sources("\"knee joint\"", .lexical, .preferred)).count == 3)
  }

  @Test(arguments: [SearchMode.lexical, .hybrid])
  func aRequiredPhraseLeavesTheOthersOut(mode: SearchMode) async throws {
    #expect(try await sources("\"knee joint\" elbow", mode, .required) == ["/memory/a.md"])
    #expect(try await sources("\"knee joint\" \"elbow bends\"", mode, .required).isEmpty)
    #expect(try await !sources("elbow", mode, .required).isEmpty)
  }

  @Test(arguments: [
    ("a \"b c\" d", ["b c"]), ("“a” «b» „c“ 「d」", ["a", "b", "c", "d"]), ("a \" b", []),
    ("“ a \"b\"", ["b"]), ("\"a «b\" c»", ["a «b"]), ("„a” „b“", ["a” „b"]), ("", []),
  ])
  func quotesOfOneKindBelongTogether(question: String, quoted: [String]) {
    #expect(LexicalQuery.quoted(in: question).map(String.init) == quoted)
  }

  @Test func quotesThatNothingClosesAreReadInOneGo() {
    let question = String(repeating: "“", count: 16_000)
    let time = ContinuousClock().measure { #expect(LexicalQuery.quoted(in: question).isEmpty) }
    #expect(time < .seconds(1), "looking for the end of each takes \(time)")
  }
}
