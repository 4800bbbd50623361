import TestSupport
import Testing

@testable import Retrieval

/// What opens the page or the section of a passage, and what stands beside it.
@Suite(.timeLimit(.minutes(3))) struct OpeningContractTests {
  /// More chunks than are looked through with one request, in a section of its own below each heading.
  private static func part(_ name: String, chunks: Int) -> String {
    "## \(name)\n\n"
      + (1...chunks).map { "The \(name) number \($0) is kept in box \($0) of the cellar below the harbour." }
      .joined(separator: "\n\n")
  }

  @Test(arguments: StoreKind.testable)
  func `it is found wherever the passage stands`(kind: StoreKind) async throws {
    let page =
      "# Boats\n\nAll about boats and what belongs to them.\n\n" + Self.part("Keel", chunks: 6)
      + "\n\n### Sizes\n\nA keel is as long as the boat is, or a little shorter than that.\n\n"
      + Self.part("Sail", chunks: 150) + "\n\n" + Self.part("Keel", chunks: 4)
    let model = HashingEmbeddingModel(dimensions: 64)
    try await withTemporaryDirectory { directory in
      try write(page, to: directory + "/boats.md")
      try write("# Cars\n\nThe keel of cars.", to: directory + "/cars.md")
      try await kind.withPlace { place in
        let corpus = try await place.open(.create)
        let options = IndexingOptions(chunking: ChunkingOptions(target: 20, overlap: 0, minimum: 0))
        _ = try await Indexer(corpus: corpus, model: model, loader: DocumentReader(), options: options)
          .run(.walk([directory]))
        let searcher = try await Searcher(corpus: corpus, model: model)
        let all = try await searcher.search(
          SearchQuery(
            "keel sail", mode: .dense, limit: 400,
            filter: SearchFilter(sourcePrefix: directory + "/boats.md"),
            selection: PassageSelection.none)
        ).passages.sorted { $0.ordinal < $1.ordinal }
        #expect(all.indices.allSatisfy { all[$0].ordinal == $0 })
        #expect(all.count { $0.headingPath.last == "Sail" } > 64)
        #expect(all.contains { $0.headingPath.suffix(2) == ["Keel", "Sizes"] })
        // Two sections of one name are two.
        #expect(Set(all.indices.filter { all[$0].headingPath.last == "Keel" && isFirst($0) }).count == 2)

        func isFirst(_ index: Int) -> Bool {
          index == 0 || all[index - 1].headingPath != all[index].headingPath
        }

        for passage in all.filter({ $0.ordinal % 7 == 0 || isFirst($0.ordinal) }) {
          for depth in 0...passage.headingPath.count {
            let headings = passage.headingPath.prefix(depth)
            let others = all[..<passage.ordinal].lastIndex { !$0.headingPath.starts(with: headings) }
            var expected = all[others.map { $0 + 1 } ?? 0]
            (expected.score, expected.denseScore, expected.lexicalScore) = (0, nil, nil)
            #expect(try await searcher.index.opening(of: passage, below: headings) == expected)
          }
        }

        // What stands between two chunks is read with them.
        let texts = Array(try await corpus.text(of: all[0].source).unicodeScalars)
        for passage in all where passage.ordinal % 9 == 0 {
          for ordinal in [passage.ordinal - 1, passage.ordinal + 1] {
            let joined = try await searcher.index.joined(passage, to: ordinal)
            guard all.indices.contains(ordinal) else {
              #expect(joined == nil)
              continue
            }
            let both = try #require(joined)
            #expect(both.start == min(passage.start, all[ordinal].start) && both.chunk == passage.chunk)
            #expect(both.end == max(passage.end, all[ordinal].end) && both.score == passage.score)
            #expect(texts[both.start..<both.end].elementsEqual(both.text.unicodeScalars))
          }
        }

        let last = try #require(all.last)
        _ = try await corpus.remove(last.source, in: nil)
        #expect(try await searcher.index.opening(of: last, below: last.headingPath[...]) == nil)
        #expect(try await searcher.index.joined(last, to: last.ordinal - 1) == nil)
      }
    }
  }
}
