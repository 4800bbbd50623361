import Models
import TestSupport
import Testing

@testable import Retrieval

@Suite struct PassageSelectionTests {
  private let embedding = HashingEmbeddingModel(dimensions: 512)

  private func search(
    _ documents: [String: String], _ question: String, _ selection: PassageSelection, limit: Int = 10,
    mode: SearchMode = .hybrid,
    chunking: ChunkingOptions = ChunkingOptions()
  ) async throws -> [Passage] {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let source = MemorySource(documents)
      let options = IndexingOptions(chunking: chunking)
      _ = try await Indexer(corpus: corpus, model: embedding, loader: source, options: options)
        .run(source.discovery)
      let searcher = try await Searcher(
        corpus: corpus, model: embedding, extras: Searcher.Extras(selection: selection))
      let found = try await searcher.search(SearchQuery(question, mode: mode, limit: limit)).passages
      for passage in found {
        let text = Array(try await corpus.text(of: passage.source).unicodeScalars)
        #expect(String(String.UnicodeScalarView(text[passage.start..<passage.end])) == passage.text)
      }
      return found
    }
  }

  /// Two sections of many sentences, some of them with letters outside ASCII.
  private var book: String {
    func section(_ name: String) -> String {
      let sentences = (0..<12).map {
        "The \(name) számára \($0) keeps the joint number \($0) warm and naïve."
      }
      return "# \(name)\n\n"
        + stride(from: 0, to: 12, by: 3).map { sentences[$0..<$0 + 3].joined(separator: " ") }
        .joined(separator: "\n\n")
    }
    return section("Elbow") + "\n\n" + section("Knee")
  }

  @Test(arguments: [0, 8, 16])
  func `neighbouring chunks of a section become one passage of the stored text`(overlap: Int) async throws {
    let chunking = ChunkingOptions(target: 40, overlap: overlap, minimum: 0)
    let documents = ["/memory/book.md": book]
    let single = try await search(documents, "joint", .none, limit: 50, chunking: chunking)
    #expect(single.count > 6 && single.allSatisfy { $0.chunks == nil })
    let merged = try await search(documents, "joint", PassageSelection(duplicates: nil), chunking: chunking)
    // Everything was found: each section is one passage.
    #expect(merged.map(\.headingPath).sorted { $0[0] < $1[0] } == [["Elbow"], ["Knee"]])
    #expect(merged.compactMap(\.chunks).reduce(0, +) == single.count)
    #expect(merged.first?.chunk == single.first?.chunk && merged.first?.score == single.first?.score)
    for passage in merged {
      let chunks = single.filter { $0.headingPath == passage.headingPath }
      #expect(passage.start == chunks.map(\.start).min() && passage.end == chunks.map(\.end).max())
      #expect(passage.score == chunks.map(\.score).max())
    }
  }

  @Test func `a merged passage is no longer than allowed, and others fill the list`() async throws {
    let documents = ["/memory/book.md": book]
    let found = try await search(
      documents, "joint", PassageSelection(longest: 400, duplicates: nil), limit: 4, mode: .lexical,
      chunking: ChunkingOptions(target: 40, overlap: 8, minimum: 0))
    #expect(found.count == 4 && found.allSatisfy { $0.end - $0.start <= 400 })
    #expect(found.contains { ($0.chunks ?? 1) > 1 })
    #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
  }

  private let text = """
    The harmonic drive of the left elbow is greased once in a year with two grams of grease, \
    and its flexspline is looked at for cracks under a lamp whenever the cover is open for another reason.
    """

  @Test func `what says the same in almost the same words is left out`() async throws {
    let documents = [
      "/memory/a.md": text, "/memory/b.md": text.uppercased(),
      "/memory/c.md": text.replacing("another reason", with: "some reason"),
      "/memory/d.md": "A harmonic drive has a flexspline.",
    ]
    let question = "How is a harmonic drive greased?"
    #expect(try await search(documents, question, .none).count == 4)
    let found = try await search(documents, question, PassageSelection(duplicates: 0.85))
    #expect(found.count == 2 && found.map(\.source).contains("/memory/d.md"))
    // Where else it stands is said.
    let other = try #require(found.first { $0.source != "/memory/d.md" })
    let places = Set([other.source] + (other.duplicates ?? []).map(\.source))
    #expect(places == ["/memory/a.md", "/memory/b.md", "/memory/c.md"])
    #expect(try await search(documents, question, PassageSelection(duplicates: 1)).count == 3)
  }

  @Test func `texts of one pattern stay apart by numbers and by the words of the question`() async throws {
    let documents = [
      "/memory/a.md": text + " It weighs 12 kg.", "/memory/b.md": text + " It weighs 15 kg.",
      "/memory/c.md": text + " Ask Ada.", "/memory/d.md": text + " Ask Bob.",
    ]
    let selection = PassageSelection(duplicates: 0.8)
    #expect(try await search(documents, "What does the harmonic drive weigh?", selection).count == 3)
    #expect(try await search(documents, "Is Bob asked about the harmonic drive?", selection).count == 4)
  }

  @Test func `diversity brings forward what the first ones do not say`() async throws {
    var documents: [String: String] = [:]
    for number in 0..<5 {
      documents["/memory/\(number).md"] = "The joint of the knee bends, says page \(number)."
    }
    documents["/memory/other.md"] = "A joint venture of two companies was founded somewhere."
    let question = "knee joint bends"
    func place(_ diversity: Double) async throws -> Int? {
      try await search(documents, question, PassageSelection(duplicates: nil, diversity: diversity))
        .firstIndex { $0.source == "/memory/other.md" }
    }
    #expect(try await place(0) == 5)
    #expect(try await place(0.9) == 1)
  }
}

@Suite struct TextPrintTests {
  @Test(arguments: [
    ("The knee bends.", "the KNEE, bends", 1.0), ("", "", 1),
    ("one two three four five", "one two three four six", 0.5),
    ("a b c", "a b d", 0), ("", "word", 0),
  ])
  func `case and punctuation do not count, order does`(first: String, second: String, overlap: Double) {
    #expect(TextPrint(first).overlap(TextPrint(second)) == overlap)
  }

  @Test func `resemblance is the cosine of the sets of words`() {
    #expect(TextPrint("a b").resemblance(TextPrint("b a a")) == 1)
    #expect(TextPrint("a b").resemblance(TextPrint("b c")) == 0.5)
    #expect(TextPrint("").resemblance(TextPrint("b c")) == 0)
    #expect(TextPrint("X1 and 27 bones").numbers.count == 2)
  }
}

@Suite struct TextSketchTests {
  private func words(_ count: Int, seed: UInt64) -> [String] {
    var random = SeededGenerator(seed)
    return (0..<count).map { _ in "word\(Int.random(in: 0..<500, using: &random))" }
  }

  @Test func `texts of nearly the same words resemble each other, and others do not`() {
    for seed in UInt64(0)..<200 {
      var words = words(120, seed: seed)
      let first = TextSketch(words.joined(separator: " "))
      #expect(first.mayResemble(TextSketch(words.joined(separator: ", ").uppercased())))
      #expect(!first.mayResemble(TextSketch(self.words(120, seed: seed + 1000).joined(separator: " "))))
      words[60] = "another"
      #expect(first.mayResemble(TextSketch(words.joined(separator: " "))))
    }
  }
}
