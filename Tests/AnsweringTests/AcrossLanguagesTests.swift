import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Refusal and confidence where question and passages are in two languages.
@Suite struct AcrossLanguagesTests {
  private static let english =
    "The human hand has 27 bones, and its strongest muscles sit in the forearm and pull the fingers by tendons."
  private static let german =
    "Die Ausleihe ist am Samstag von 10 bis 14 Uhr besetzt, und in den Ferien bleibt sie für zwei Wochen zu."
  private static let asked = "Wie viele Knochen hat die menschliche Hand?"
  /// As a model like multilingual-e5 has them.
  private static let scale = CosineScale(unrelated: 0.74, lossAcrossLanguages: 0.055)

  private func evidence(
    _ question: String, _ passages: [(text: String, cosine: Double)], scale: CosineScale, words: Double? = nil
  ) -> Evidence {
    var statistics = QuestionStatistics(
      passages: 300, attainableLexicalScore: 10, unknownWords: 0.5, neighbourCosine: 0.92, cosineSpread: 0.02)
    statistics.cosineScale = scale
    let found = passages.enumerated().map { row, passage in
      Passage(
        chunk: row, documentID: row, document: "d", source: "/d", collection: "default", headingPath: [],
        start: 0,
        end: passage.text.count, text: passage.text, ordinal: 0, score: 1, denseScore: passage.cosine,
        lexicalScore: words)
    }
    let ranked = found.enumerated().flatMap { row, passage in
      Statement.statements(of: passage, at: row).map { statement in
        RankedStatement(
          read: ReadStatement(statement),
          features: StatementFeatures(similarity: scale.stretched(passages[row].cosine)), score: 1)
      }
    }
    return Evidence(ReadQuestion(question), found, ranked: ranked, statistics: statistics)
  }

  private static let threshold = ExtractiveAnswerer.Options().threshold

  @Test func `across languages less of a cosine is enough`() {
    let right = evidence(Self.asked, [(Self.english, 0.815)], scale: Self.scale)
    #expect(right.isAcrossLanguages && right.probability >= Self.threshold)
    let stranger = evidence(Self.asked, [(Self.english, 0.755)], scale: Self.scale)
    #expect(stranger.isAcrossLanguages && stranger.probability < Self.threshold)
    // It is as sure as of a passage in the question's language that is as much nearer, and shares no word.
    let near = evidence("How many bones?", [(Self.english, 0.815 + 0.055)], scale: Self.scale)
    #expect(!near.isAcrossLanguages && abs(near.probability - right.probability) < 1e-9)
    #expect(abs(near.closeness - right.closeness) < 1e-9 && right.replyProbability > near.replyProbability)
  }

  @Test func `within a language nothing changes`() {
    for (question, text) in [
      ("How many bones has the hand?", Self.english), ("Wann ist wer da?", Self.german),
    ] {
      var told = Self.scale
      told.lossAcrossLanguages = nil
      for cosine in [0.75, 0.8, 0.86] {
        let known = evidence(question, [(text, cosine)], scale: Self.scale, words: 4)
        #expect(known == evidence(question, [(text, cosine)], scale: told, words: 4))
        #expect(!known.isAcrossLanguages && known.words == 0.4)
      }
    }
  }

  @Test func `a model that finds nothing across languages is held to the usual bound`() {
    let english = CosineScale(unrelated: 0.74)
    let found = evidence(Self.asked, [(Self.english, 0.815)], scale: english)
    #expect(!found.isAcrossLanguages && found.probability < Self.threshold)
  }

  @Test func `of documents in several languages each passage is held to its own bound`() {
    // The stranger in the question's language is as near as the right passage in another.
    let both = evidence(Self.asked, [(Self.german, 0.815), (Self.english, 0.815)], scale: Self.scale)
    #expect(both.isAcrossLanguages && both.probability >= Self.threshold)
    #expect(
      evidence(Self.asked, [(Self.german, 0.815)], scale: Self.scale).probability < Self.threshold)
    // What is nearer in its own language, and shares words, decides alone.
    let own = evidence(
      "Wann ist die Ausleihe am Samstag besetzt?", [(Self.german, 0.87), (Self.english, 0.8)],
      scale: Self.scale, words: 6)
    #expect(!own.isAcrossLanguages && own.words == 0.6)
  }

  @Test func `code, which tells no language, is held to the bound within one`() {
    let code = "let bones = hand.bones.count"
    let found = evidence(Self.asked, [(code, 0.815), (Self.english, 0.76)], scale: Self.scale)
    #expect(found.probability < Self.threshold)
  }

  @Test func `words that two languages share do not count across them`() {
    let found = evidence(Self.asked, [(Self.english, 0.77)], scale: Self.scale, words: 9)
    #expect(found.isAcrossLanguages && found.words == 0 && found.probability < Self.threshold)
  }

  // MARK: From documents to answers

  private static let dictionary = [
    "wie": "how", "viele": "many", "knochen": "bones", "hat": "has", "die": "the", "menschliche": "human",
    "wer": "who", "gewann": "won", "turniere": "tournaments",
  ]

  private static let documents = [
    "hand": "The human hand has 27 bones, and it has more of them than the foot has.",
    "knee": "A knee is bent by the muscles of the thigh, which are the strongest that there are in the body.",
    "motor": "An electric motor turns current into torque, and it gets hot where it has to hold a load.",
    "camera": "Two cameras side by side see how far away a thing is, as long as it is not too far from them.",
    "battery":
      "The battery is in the back, where it can be changed with one screw and without any other tool.",
  ]

  private func answer(_ question: String, _ model: BilingualModel) async throws -> Answer {
    let documents = Dictionary(uniqueKeysWithValues: Self.documents.map { ("\($0).txt", $1) })
    return try await withSearcher(over: documents, model: model) {
      try await Answerer(searcher: $0).answer(question)
    }
  }

  @Test func `a question in another language is answered, and a stranger refused`() async throws {
    let base = HashingEmbeddingModel(dimensions: 512)
    let model = BilingualModel(base, dictionary: Self.dictionary, loss: 0.3)
    let found = try await answer(Self.asked, model)
    #expect(found.answered && found.answer.contains("27 bones"))
    #expect(!(try await answer("Wer gewann Turniere?", model).answered))
    // The same question in the documents' language.
    #expect(try await answer("How many bones has the human hand?", model).answered)
    #expect(!(try await answer("Who won tournaments?", model).answered))
    // A model of which nobody knows it.
    let untold = BilingualModel(base, dictionary: Self.dictionary, loss: 0.3, isTold: false)
    #expect(!(try await answer(Self.asked, untold).answered))
  }

  // MARK: Models for one language

  private struct LocalModel: EmbeddingModel {
    let base = HashingEmbeddingModel(dimensions: 8)
    var provider = "local"
    var cosineScale = CosineScale()
    var tokens: any TokenCounter { base.tokens }

    var fingerprint: EmbeddingFingerprint {
      EmbeddingFingerprint(
        provider: provider, model: "all-MiniLM-L6-v2", dimensions: 8, pooling: "mean", precision: "f32")
    }

    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
      try await base.embed(texts, as: role)
    }
  }

  private func hint(
    _ question: String, _ texts: [String], _ model: LocalModel = LocalModel()
  ) -> String? {
    let passages = texts.enumerated().map { row, text in
      Passage(
        chunk: row, documentID: row, document: "d", source: "/d", collection: "default", headingPath: [],
        start: 0,
        end: text.count, text: text, ordinal: 0, score: 1)
    }
    return LanguageHint(question, passages, model: model)?.text
  }

  @Test func `a refusal says where the documents are in another language than the model can bridge`() throws {
    let code = "let bones = hand.bones.count"
    let text = try #require(hint(Self.asked, [Self.english, code]))
    #expect(
      text == """
        The passages found are in another language than the question, and all-MiniLM-L6-v2 finds little across \
        languages. Ask in the documents' language, or use a model for many languages, such as multilingual-e5-small.
        """)
    for (question, texts) in [
      ("How many bones?", [Self.english]), (Self.asked, [Self.german]),
      (Self.asked, [Self.english, Self.german]),
      (Self.asked, [code]), (Self.asked, []), ("ZMP", [Self.english]),
    ] {
      #expect(hint(question, texts) == nil)
    }
    #expect(hint(Self.asked, [Self.english], LocalModel(cosineScale: Self.scale)) == nil)
    #expect(hint(Self.asked, [Self.english], LocalModel(provider: "cohere")) == nil)
  }

  @Test func `only a refusal and an answer of low confidence have a hint, in JSON too`() async throws {
    let answer = try await withSearcher(over: ["hand.txt": Self.english], model: LocalModel()) { searcher in
      let answerer = Answerer(searcher: searcher)
      return try await [
        answerer.answer("Wer gewann Turniere?"), answerer.answer(Self.english),
        answerer.answer("Was hat in der Hand 27 bones und pull tendons?"),
      ]
    }
    #expect(!answer[0].answered && answer[0].hint != nil)
    #expect(answer[1].answered && answer[1].hint == nil)
    #expect(
      answer[2].hasLowConfidence && answer[2].hint == answer[0].hint,
      "\(answer[2].confidence) \(answer[2].answer)")
    let json = try JSONEncoder().encode(answer[0])
    #expect(try JSONValue(parsing: json)["hint"]?.string == answer[0].hint)
    #expect(try JSONDecoder().decode(Answer.self, from: json) == answer[0])
  }
}
