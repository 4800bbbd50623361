import Models
import Testing

@testable import Answering
@testable import Retrieval

/// Sentences as a chat model writes them in another language than the passages that they cite, with real embedding models:
/// translations of what these say, and sentences with something changed, denied or added.
///
/// `Fixtures/translated-sentences.jsonl` has them in German, French, Spanish and Russian about passages of the two other
/// fixtures, and in English about German and Spanish texts.
@Suite(SampleBook.condition) struct TranslatedSentencesTests {
  private struct Line: Decodable {
    var passage: String?
    var title: String?
    var heading: String?
    var text: String?
    var sentence: String?
    var language: String?
    var cites: [String]?
    var kind: String?
  }

  /// Beside the default model's folder.
  private static let multilingual: LocalEmbeddingModel? = SampleBook.model.flatMap { model in
    let parent = model.directory.path.split(separator: "/").dropLast().joined(separator: "/")
    return try? LocalEmbeddingModel(
      directory: ModelDirectory(path: "/\(parent)/multilingual-e5-small", source: .environment))
  }

  private static let questions = [
    "de": "Was steht darüber in den Quellen?", "fr": "Que disent les sources de cela ?",
    "es": "¿Qué dicen las fuentes de esto?", "ru": "Что об этом говорится в источниках?",
    "en": "What do the sources say about this?",
  ]

  /// Verdicts on the sentences of one kind; of right ones with passages of other documents, and of other parts of the same.
  private struct Verdicts {
    var kinds: [String: [Grounder.Verdict]] = [:]

    mutating func add(_ kind: String, _ verdict: Grounder.Verdict) {
      kinds[kind, default: []].append(verdict)
    }

    func share(_ kind: String, _ test: (Grounder.Verdict) -> Bool) -> Double {
      let all = kinds[kind] ?? []
      return all.isEmpty ? 0 : Double(all.count(where: test)) / Double(all.count)
    }

    func count(_ kind: String) -> Int { kinds[kind]?.count ?? 0 }
  }

  private static func verdicts(_ model: any EmbeddingModel) async throws -> Verdicts {
    var passages: [String: Passage] = [:]
    var titles: [String: [String]] = [:]
    var lines: [Line] = []
    for file in ["natural-sentences", "judged-sentences", "translated-sentences"] {
      lines = try SampleBook.lines("Tests/AnsweringTests/Fixtures/\(file).jsonl")
      for (index, line) in lines.enumerated() {
        guard let name = line.passage, let text = line.text else { continue }
        passages[name] = Passage(
          chunk: index, documentID: index, document: name, source: "/" + name, collection: "default",
          title: line.title, headingPath: [line.heading].compactMap { $0 }, start: 0,
          end: text.unicodeScalars.count, text: text, ordinal: 0, score: 1)
        titles[line.title ?? "", default: []].append(name)
      }
    }
    let vectors = SentenceVectors()
    let reader = PassageReader<GroundingSource>(limit: 4096)
    func verdict(_ line: Line, _ cited: [Passage]) async throws -> Grounder.Verdict {
      var grounder = Grounder(
        try #require(Self.questions[line.language ?? ""]), model: model, vectors: vectors, reader: reader)
      grounder.add(cited)
      return await grounder.verdict(on: line.sentence ?? "", cited: Array(cited.indices))
    }
    var verdicts = Verdicts()
    let names = passages.keys.sorted()
    for (index, line) in lines.enumerated() {
      guard line.sentence != nil, let kind = line.kind else { continue }
      let cites = line.cites ?? []
      let cited = try cites.map { try #require(passages[$0], "\($0)") }
      let found = try await verdict(line, cited)
      verdicts.add(kind, found)
      guard kind == "translated" else { continue }
      // Nothing of the same language as the sentence: English passages have longer names than German and Spanish ones.
      let isEnglish = line.language != "en"
      let strangers = names.filter { name in
        (name.count > 3) == isEnglish && cites.allSatisfy { passages[$0]?.title != passages[name]?.title }
      }
      for step in 1...4 {
        let name = strangers[(index * 7 + step * 5) % strangers.count]
        verdicts.add("other document", try await verdict(line, [try #require(passages[name])]))
      }
      for name in titles[cited[0].title ?? ""] ?? [] where !cites.contains(name) {
        guard let part = passages[name], !cited.contains(where: { $0.text.contains(part.text.prefix(200)) })
        else { continue }
        verdicts.add("same document", try await verdict(line, [part]))
      }
    }
    return verdicts
  }

  @Test func `a model for one language marks no sentence for its language, but numbers and code`()
    async throws
  {
    let verdicts = try await Self.verdicts(try #require(SampleBook.model))
    for kind in verdicts.kinds.keys.sorted() {
      print(
        "one language, \(kind): \(verdicts.share(kind, \.isUnchecked)) unchecked,",
        "\(verdicts.share(kind) { !$0.isSupported }) marked, of \(verdicts.count(kind))")
    }
    #expect(verdicts.count("translated") >= 130)
    #expect(verdicts.share("translated", \.isUnchecked) >= 0.97)
    #expect(verdicts.share("translated") { !$0.isSupported } <= 0.03)
    #expect(verdicts.share("translated") { $0.support == nil } >= 0.97)
    #expect(verdicts.share("number") { !$0.isSupported } >= 0.85)
    #expect(verdicts.share("code") { !$0.isSupported } == 1)
    // What cannot be known is not said to be known.
    for kind in ["denial", "added"] { #expect(verdicts.share(kind, \.isUnchecked) >= 0.9) }
  }

  @Test(.enabled(if: multilingual != nil, "multilingual-e5-small is not beside the default model"))
  func `a model for many languages tells what the passages say from what others say`() async throws {
    let verdicts = try await Self.verdicts(try #require(Self.multilingual))
    for kind in verdicts.kinds.keys.sorted() {
      print(
        "many languages, \(kind): \(verdicts.share(kind, \.isSupported)) taken for supported,",
        "of \(verdicts.count(kind))")
    }
    #expect(verdicts.kinds.values.allSatisfy { $0.allSatisfy { !$0.isUnchecked } })
    #expect(verdicts.share("translated", \.isSupported) >= 0.88)
    #expect(verdicts.share("other document", \.isSupported) <= 0.12)
    #expect(verdicts.share("same document", \.isSupported) <= 0.4)
    for kind in ["number", "code"] { #expect(verdicts.share(kind, \.isSupported) <= 0.25) }
  }
}
