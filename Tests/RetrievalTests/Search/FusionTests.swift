import Models
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
    QuestionStatistics(
      passages: 1000, attainableLexicalScore: 20, unknownWords: 0, neighbourCosine: 0.7, cosineSpread: 0.12))

  @Test func aPassageThatHoldsRareWordsOfTheQuestionBeatsTheNearest() {
    #expect(fusion.fused(candidates(nearest: 0.3, bestWords: 18)).first?.chunk == 2)
  }

  @Test func aPassageThatStandsOutByMeaningBeatsOneThatHoldsFewWords() {
    #expect(fusion.fused(candidates(nearest: 0.8, bestWords: 2)).first?.chunk == 1)
  }

  @Test func aPassageThatHoldsEveryWordBeatsOneThatHoldsMoreOfSome() {
    var candidates = candidates(nearest: 0.3, bestWords: 10)
    candidates.append(Fusion.Candidate(chunk: 3, dense: 0.2, lexical: 9))
    #expect(fusion.fused(candidates).first?.chunk == 2)
    candidates[candidates.count - 1].holdsAllWords = true
    let fused = fusion.fused(candidates)
    #expect(fused.first?.chunk == 3)
    #expect(fused.allSatisfy { (0...1).contains($0.fused) })
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

  @Test func cosinesAreMeasuredOnTheCorpusItself() {
    let vectors = EmbeddingMatrix(dimensions: 2, values: [1, 0, 0, 1, 0.6, 0.8])
    // Cosines 0, 0.6 and 0.8.
    let sample = CosineSample(vectors, neighbours: [0.8, 0.8])
    #expect(abs(sample.spread - (0.333333 - 0.217778).squareRoot()) < 1e-3)
    // Two passages are few: four usual ones are counted with them.
    #expect(abs(sample.neighbour - (0.8 * 2 + 0.7 * 4) / 6) < 1e-6)
    #expect(CosineSample(EmbeddingMatrix(dimensions: 2), neighbours: []).spread == 0)
  }
}
