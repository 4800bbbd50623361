import TestSupport
import Testing

@testable import Retrieval

@Suite struct FusionTests {
  /// Two legs that disagree: passage 1 is the nearest, passage 2 holds the words.
  private func candidates(nearest: Double, bestWords: Double) -> [Fusion.Candidate] {
    var candidates = (10..<30).map {
      Fusion.Candidate(chunk: $0, dense: 0.2 - Double($0) / 1000, lexical: 1 - Double($0) / 100)
    }
    candidates.append(Fusion.Candidate(chunk: 1, dense: nearest, lexical: 0.1))
    candidates.append(Fusion.Candidate(chunk: 2, dense: 0.21, lexical: bestWords))
    return candidates
  }

  private let fusion = Fusion(
    QuestionStatistics(attainableLexicalScore: 20, unknownWords: 0, meanCosine: 0, cosineSpread: 0.12))

  @Test func aPassageThatHoldsRareWordsOfTheQuestionBeatsTheNearest() {
    #expect(fusion.fused(candidates(nearest: 0.3, bestWords: 18)).first?.chunk == 2)
  }

  @Test func aPassageThatStandsOutByMeaningBeatsOneThatHoldsFewWords() {
    #expect(fusion.fused(candidates(nearest: 0.8, bestWords: 2)).first?.chunk == 1)
  }

  @Test func eachKindOfEvidenceMovesTheWeightItsWay() {
    let middle = Fusion.Evidence(coverage: 0.4, lexicalLead: 0.4, denseLead: 1)
    var other = middle
    other.coverage = 0.6
    #expect(other.denseWeight < middle.denseWeight)
    other = middle
    other.lexicalLead = 0.6
    #expect(other.denseWeight < middle.denseWeight)
    other = middle
    other.denseLead = 2
    #expect(other.denseWeight > middle.denseWeight)
  }

  @Test func aQuestionWithoutKnownWordsIsRankedByMeaningAlone() {
    let candidates = [(1, 0.1), (2, 0.9), (3, 0.5)].map { Fusion.Candidate(chunk: $0.0, dense: $0.1) }
    #expect(Fusion(nil).fused(candidates).map(\.chunk) == [2, 3, 1])
    #expect(Fusion(nil).fused([]) == [])
  }

  @Test func scoresLieBetween0And1AndFallAndTiesKeepTheOrderOfChunks() {
    let fused = fusion.fused(candidates(nearest: 0.5, bestWords: 9)).map(\.fused)
    #expect(fused.allSatisfy { (0...1).contains($0) } && fused == fused.sorted(by: >))
    let equal = [3, 1, 2].map { Fusion.Candidate(chunk: $0, dense: 0.5, lexical: 1) }
    #expect(fusion.fused(equal).map(\.chunk) == [1, 2, 3])
  }

  @Test func theSpreadOfCosinesIsThatOfTheCorpus() async throws {
    try await withTemporaryDirectory { directory in
      let model = HashingEmbeddingModel(dimensions: 64)
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      #expect(try await corpus.cosineSample() == CosineSample([]))
      let source = MemorySource(
        Dictionary(uniqueKeysWithValues: (0..<12).map { ("/memory/\($0).md", "word\($0) and word\($0 / 2)") })
      )
      _ = try await Indexer(corpus: corpus, model: model, loader: source).run(source.discovery)
      let spread = try await corpus.cosineSample().spread
      #expect(spread > 0 && spread < 1)
    }
  }
}
