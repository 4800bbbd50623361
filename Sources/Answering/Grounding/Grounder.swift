import Models
import Retrieval

/// Holds sentences of an answer against the sources that it was written from. Needs no labels and no chat model.
struct Grounder: Sendable {
  /// What was found for one sentence.
  struct Verdict: Sendable, Equatable {
    /// Probability that the sources say it; nil where there is nothing to be looked up.
    var support: Double?
    /// Index of a source that supports it though the sentence does not cite it.
    var missing: Int?
    /// For each source that it cites, `missing` included, the statement that supports it best.
    var statements: [Int: Statement] = [:]

    var isSupported: Bool { support.map { $0 >= SupportFeatures.threshold } ?? true }
  }

  private let model: any EmbeddingModel
  private let vectors: SentenceVectors
  private let reader: PassageReader<GroundingSource>
  private let question: Set<String>
  private let neighbourCosine: Double
  /// What each source says; those of tools, which cannot be cited, come after all others.
  private var sources: [GroundingSource] = []
  private var others: [GroundingSource] = []

  /// - Parameter neighbourCosine: mean cosine of a passage of the corpus and the one nearest to it, stretched to the usual
  ///   range; nil for the usual one.
  init(
    _ question: String, model: any EmbeddingModel, vectors: SentenceVectors,
    reader: PassageReader<GroundingSource>, neighbourCosine: Double? = nil
  ) {
    self.model = model
    self.vectors = vectors
    self.reader = reader
    self.question = Set(Facts(question).stems)
    self.neighbourCosine = max(0.1, neighbourCosine ?? Evidence.usualNeighbourCosine)
  }

  /// Adds sources; their index is that of the citations' numbers.
  mutating func add(_ passages: [Passage]) {
    sources += passages.map(reader.read)
  }

  /// Adds what a tool was told and returned.
  mutating func add(_ use: ToolUse) {
    others.append(
      GroundingSource("\(use.name) \(use.arguments.text)\n\n\(use.result.string ?? use.result.text)"))
  }

  /// - Parameter cited: indices of the sources that the sentence cites.
  func verdict(on sentence: String, cited: [Int]) async -> Verdict {
    let text = CitationMarks(sentence, sources: 0).text
    let facts = Facts(text)
    var verdict = Verdict()
    guard isClaim(text, facts) else {
      for source in cited { verdict.statements[source] = sources[source].best(for: facts, []).statement }
      return verdict
    }
    let cosines = await cosines(of: text, in: Array(sources.indices))
    func support(_ indices: [Int]) -> Double {
      let held = indices.map { sources[$0] } + others
      guard !held.isEmpty else { return 0 }
      return features(facts, held, indices.map { cosines[$0] ?? [] } + others.map { _ in [] }).probability
    }
    for source in cited {
      verdict.statements[source] = sources[source].best(for: facts, cosines[source] ?? []).statement
    }
    let own = cited.isEmpty && others.isEmpty ? 0 : support(cited)
    verdict.support = own
    guard own < SupportFeatures.threshold else { return verdict }
    let best = sources.indices.filter { !cited.contains($0) }.map { ($0, support(cited + [$0])) }
      .max { $0.1 < $1.1 }
    if let (source, value) = best, value > own {
      verdict.support = value
      if value >= SupportFeatures.threshold {
        verdict.missing = source
        verdict.statements[source] = sources[source].best(for: facts, cosines[source] ?? []).statement
      } else if cited.isEmpty {
        // Several sources may say it together.
        verdict.support = max(value, support(Array(sources.indices)))
      }
    }
    return verdict
  }

  /// How sure it is that `sources` say what `facts` holds, before the logistic function; for measurements too.
  ///
  /// - Parameter cosines: of the sentence and each source's statements; empty where they are not known.
  func features(_ facts: Facts, _ held: [GroundingSource], _ cosines: [[Float]]) -> SupportFeatures {
    var features = SupportFeatures()
    let stems = facts.stems.isEmpty ? Array(facts.names) : facts.stems
    let best = zip(held, cosines).map { $0.best(for: facts, $1) }.max { $0.value < $1.value }
    if let best {
      features.statement = best.coverage(stems)
      let news = stems.filter { !question.contains($0) }
      features.news = news.isEmpty ? features.statement : best.coverage(news)
      features.denies = facts.denials % 2 == 1 && best.facts.denials == 0 ? 1 : 0
      features.affirms = facts.denials == 0 && best.facts.denials % 2 == 1 ? 1 : 0
      let said = Set(best.facts.stems)
      let opposes = stems.contains { stem in
        !said.contains(stem) && !Opposites.of(stem).isDisjoint(with: said)
      }
      features.opposes = opposes ? 1 : 0
    }
    if let cosine = cosines.compactMap({ $0.max() }).max() {
      features.nearness = Double(cosine) / neighbourCosine
    }
    features.missingNumbers = Self.part(of: Array(facts.numbers)) { number in
      !held.contains { $0.numbers.contains(number) }
    }
    features.missingNames = Self.part(of: Array(facts.names)) { name in !held.contains { $0.holds(name) } }
    return features
  }

  /// Stretched cosines of the sentence and the statements of each source; nothing where embedding costs a request, or fails.
  func cosines(of text: String, in indices: [Int]) async -> [Int: [Float]] {
    guard model.fingerprint.precision != "api", !indices.isEmpty else { return [:] }
    let lines = indices.flatMap { sources[$0].statements.map(\.line) }
    guard !lines.isEmpty, let own = try? await model.embed([text], as: .document), own.count == 1,
      let matrix = try? await vectors.vectors(of: lines, with: model)
    else { return [:] }
    let scale = model.cosineScale
    let products = matrix.products(with: own[0]).map { Float(scale.stretched(Double($0))) }
    var result: [Int: [Float]] = [:]
    var row = 0
    for index in indices {
      let count = sources[index].statements.count
      result[index] = Array(products[row..<row + count])
      row += count
    }
    return result
  }

  /// Whether the sentence says something that a source could say: more than a few words that lead over, and not what the
  /// sources lack.
  private func isClaim(_ text: String, _ facts: Facts) -> Bool {
    if text.hasPrefix("#") || text.last == ":" || text.last == "?" { return false }
    if facts.stems.count + facts.numbers.count < 2 { return false }
    if facts.denials > 0, facts.stems.contains(where: Self.documents.contains) { return false }
    return true
  }

  private static let documents = Set(["source", "document", "passage", "text", "context"].map(Words.stem))

  /// Part of `items` for which `isHeld` is true; 0 of none.
  static func part(of items: [String], _ isHeld: (String) -> Bool) -> Double {
    items.isEmpty ? 0 : Double(items.count(where: isHeld)) / Double(items.count)
  }
}
