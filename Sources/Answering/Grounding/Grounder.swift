import Models
import Retrieval

/// Holds sentences of an answer against the sources that it was written from. Needs no labels and no chat model.
struct Grounder: Sendable {
  /// What was found for one sentence.
  struct Verdict: Sendable, Equatable {
    /// Probability that the sources say it; nil where there is nothing to be looked up, or it could not be checked.
    var support: Double?
    /// Whether it is false that the sources were looked at for what it says: they are in another language, and the
    /// embedding model tells nothing across languages.
    var isUnchecked = false
    /// Index of a source that supports it though the sentence does not cite it.
    var missing: Int?
    /// For each source that it cites, `missing` included, the statement that supports it best.
    var statements: [Int: Statement] = [:]

    var isSupported: Bool { support.map { $0 >= SupportFeatures.threshold } ?? true }

    fileprivate func given(_ found: Support) -> Verdict {
      var verdict = self
      verdict.support = found.isChecked ? found.value : nil
      verdict.isUnchecked = !found.isChecked
      return verdict
    }
  }

  private let model: any EmbeddingModel
  private let vectors: SentenceVectors
  private let reader: PassageReader<GroundingSource>
  private let question: Set<String>
  private let asked: LanguageTraces
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
    asked = LanguageTraces(question)
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

  /// - Parameters:
  ///   - cited: indices of the sources that the sentence cites.
  ///   - text: what was written before it, which tells the language of a sentence that does not tell it itself.
  func verdict(on sentence: String, cited: [Int], after text: String = "") async -> Verdict {
    let claim = Claim(CitationMarks(sentence, sources: 0).text, after: text, asked, sources)
    var verdict = Verdict()
    guard claim.isOne else {
      for source in cited {
        verdict.statements[source] = sources[source].best(for: claim.facts, []).statement
      }
      return verdict
    }
    let cosines = await cosines(of: claim.text, in: Array(sources.indices))
    func statement(of source: Int) -> Statement {
      sources[source].best(for: claim.facts, cosines[source] ?? []).statement
    }
    let texts = claim.foreign.isEmpty ? [] : (sources + others).map(\.shared)
    func support(_ indices: [Int]) -> Support { self.support(claim, indices, cosines, texts) }
    for source in cited { verdict.statements[source] = statement(of: source) }
    var own = cited.isEmpty && others.isEmpty ? Support(value: 0) : support(cited)
    guard own.value < SupportFeatures.threshold else { return verdict.given(own) }
    let candidates = sources.indices.filter { !cited.contains($0) }.map { ($0, support(cited + [$0])) }
    let best = candidates.filter(\.1.isChecked).max { $0.1.value < $1.1.value }
    if let (source, found) = best, found.value > own.value {
      own = found
      if found.value >= SupportFeatures.threshold {
        verdict.missing = source
        verdict.statements[source] = statement(of: source)
        return verdict.given(own)
      }
    }
    // Several sources may say it together.
    if cited.isEmpty {
      let together = support(Array(sources.indices))
      if together.value > own.value { own = together }
    }
    // Another one than the source that it cites in another language may say it.
    guard !claim.foreign.isDisjoint(with: cited) else { return verdict.given(own) }
    let unchecked = candidates.map(\.1).first { !$0.isChecked && $0.value >= SupportFeatures.threshold }
    if let unchecked, own.value < SupportFeatures.threshold { own = unchecked }
    return verdict.given(own)
  }

  /// How far sources say a sentence.
  fileprivate struct Support {
    var value: Double
    var isChecked = true
  }

  /// How far sources say it together, each held to what its language allows.
  ///
  /// - Parameters:
  ///   - cosines: of the sentence and each source's statements, by the source's index.
  ///   - texts: of all sources, those of tools last; empty where none is in another language.
  private func support(
    _ claim: Claim, _ indices: [Int], _ cosines: [Int: [Float]], _ texts: [SharedText]
  ) -> Support {
    let texts = texts.isEmpty ? [] : indices.map { texts[$0] } + texts[sources.count...]
    var across = SupportAcrossLanguages()
    if !texts.isEmpty {
      across.missingNumbers = claim.shared.missingNumbers(in: texts)
      across.missingNames = claim.shared.missingNames(
        in: texts, known: sources.reduce(into: []) { $0.formUnion($1.names) })
    }
    // What does not tell its language itself may be in that of the source after all.
    let isForeign = claim.isTelling || across.missingNumbers + across.missingNames > 0
    let near = indices.filter { !claim.foreign.contains($0) || !isForeign }
    let far = indices.filter { claim.foreign.contains($0) }
    let held = near.map { sources[$0] } + others
    var value = 0.0
    if !held.isEmpty {
      let features = features(claim.facts, held, near.map { cosines[$0] ?? [] } + others.map { _ in [] })
      value = features.probability
    }
    guard !far.isEmpty, value < SupportFeatures.threshold else { return Support(value: value) }
    if model.cosineScale.lossAcrossLanguages != nil,
      let cosine = far.compactMap({ cosines[$0]?.max() }).max()
    {
      across.nearness =
        (Double(cosine) + model.cosineScale.stretchedLossAcrossLanguages)
        / Evidence.scale(neighbourCosine: neighbourCosine)
    }
    if across.isChecked { return Support(value: max(value, across.probability)) }
    // What a number or a name tells is known for all that.
    return Support(
      value: across.probability, isChecked: across.probability < SupportFeatures.threshold)
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

  /// Part of `items` for which `isHeld` is true; 0 of none.
  static func part(of items: [String], _ isHeld: (String) -> Bool) -> Double {
    items.isEmpty ? 0 : Double(items.count(where: isHeld)) / Double(items.count)
  }
}
