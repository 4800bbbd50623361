import Transformer

extension CosineScale {
  /// Mean cosines of questions and sentences.
  struct Means: Equatable {
    /// That have nothing to do with each other.
    var unrelated: Double
    /// Of which the sentence answers the question.
    var related: Double

    /// How much nearer answers are.
    var gap: Double { related - unrelated }
  }

  /// What the default model, with which everything that looks at cosines was measured, has for the unrelated below.
  private static let usual = (texts: 0.04, tokens: 0.11)
  /// A model that has no more than this is taken for one with the usual range.
  private static let usualAtMost = (texts: 0.2, tokens: 0.3)
  /// Where answers are less nearer than the unrelated, cosines tell nothing, and stretching them would not help.
  private static let leastGap = 0.05
  /// Part of the gap of one language that a model has across languages if it was trained for many. One for English alone
  /// has a fifth at most.
  private static let leastShareAcross = 0.4

  /// The scale of a model with these means.
  ///
  /// - Parameter tokens: means, over a question's tokens, of the largest cosine with a token of a sentence.
  init(texts: Means, tokens: Means) {
    self.init()
    guard texts.gap >= Self.leastGap else { return }
    if texts.unrelated > Self.usualAtMost.texts {
      unrelated = (texts.unrelated - Self.usual.texts) / (1 - Self.usual.texts)
    }
    if tokens.unrelated > Self.usualAtMost.tokens {
      unrelatedTokens = (tokens.unrelated - Self.usual.tokens) / (1 - Self.usual.tokens)
    }
  }

  /// What a cosine loses across languages; nil for a model that hardly tells answers from the unrelated there.
  ///
  /// - Parameters:
  ///   - own: means in one language.
  ///   - across: means of the same questions in other languages and the same sentences.
  static func loss(_ own: Means, across: Means) -> Double? {
    guard own.gap >= leastGap, across.gap >= leastShareAcross * own.gap else { return nil }
    return max(0, own.related - across.related)
  }

  /// Measures what `told` leaves open with eight questions and the sentences that answer them, at once: 32 short texts are
  /// embedded.
  ///
  /// - Parameter told: what the model's folder says; nil where it says nothing.
  init(_ told: CosineScale?, measuring encoder: SentenceEncoder, _ prompts: ModelPrompts) {
    self = told ?? CosineScale()
    guard told?.lossAcrossLanguages == nil else { return }
    func embedded(_ texts: [String], after prompt: String) -> [TokenVectors] {
      let skipped = encoder.tokenizer.countLeading(prompt)
      return texts.compactMap { encoder.embedShort(prompt + $0, skipping: skipped) }
    }
    let questions = embedded(Self.pairs.map(\.question), after: prompts.query)
    let sentences = embedded(Self.pairs.map(\.sentence), after: prompts.document)
    guard questions.count == Self.pairs.count, sentences.count == questions.count else { return }
    func means(_ questions: [TokenVectors]) -> Means {
      Self.means { zip(questions[$0].vector, sentences[$1].vector).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    let texts = means(questions)
    if told == nil {
      let interactions = questions.map { LateInteraction(TokenSketch(ids: $0.ids, values: $0.values)) }
      let sketches = sentences.map { TokenSketch(ids: $0.ids, values: $0.values) }
      self = CosineScale(
        texts: texts,
        tokens: Self.means { question, sentence in
          let nearest = interactions[question].nearest(in: sketches[sentence]) ?? []
          return nearest.isEmpty ? 0 : nearest.reduce(0, +) / Float(nearest.count)
        })
    }
    var across = Means(unrelated: 0, related: 0)
    for language in Self.translations {
      let translated = embedded(language, after: prompts.query)
      guard translated.count == questions.count else { return }
      let means = means(translated)
      across.unrelated += means.unrelated / Double(Self.translations.count)
      across.related += means.related / Double(Self.translations.count)
    }
    lossAcrossLanguages = Self.loss(texts, across: across)
  }

  private static func means(_ cosine: (_ question: Int, _ sentence: Int) -> Float) -> Means {
    var means = Means(unrelated: 0, related: 0)
    let count = Double(pairs.count)
    for question in pairs.indices {
      for sentence in pairs.indices {
        let value = Double(cosine(question, sentence))
        if question == sentence {
          means.related += value / count
        } else {
          means.unrelated += value / (count * (count - 1))
        }
      }
    }
    return means
  }

  /// Sentences that have nothing in common, each with a question that it answers.
  private static let pairs: [(question: String, sentence: String)] = [
    ("When does the ferry leave?", "The ferry leaves the harbour at six in the morning."),
    ("How do I whisk eggs?", "Whisk the eggs with sugar until the mixture is pale."),
    ("Why were rates raised?", "Interest rates were raised by the central bank."),
    ("How many strings has a violin?", "The violin has four strings tuned in fifths."),
    ("Who scored the goal?", "She scored the winning goal in the last minute."),
    ("How can the contract be ended?", "The contract may be ended with three months' notice."),
    ("What grounded the flights?", "Volcanic ash grounded flights across the continent."),
    ("How do I install the package?", "Install the package and restart the server."),
  ]

  /// The same questions in other languages.
  private static let translations = [
    [
      "Wann fährt die Fähre ab?", "Wie schlage ich Eier auf?", "Warum wurden die Zinsen erhöht?",
      "Wie viele Saiten hat eine Geige?", "Wer hat das Tor geschossen?",
      "Wie kann man den Vertrag kündigen?", "Warum fielen die Flüge aus?", "Wie installiere ich das Paket?",
    ],
    [
      "¿Cuándo sale el ferri?", "¿Cómo bato los huevos?", "¿Por qué subieron los tipos de interés?",
      "¿Cuántas cuerdas tiene un violín?", "¿Quién marcó el gol?",
      "¿Cómo se puede rescindir el contrato?", "¿Qué dejó en tierra los vuelos?",
      "¿Cómo instalo el paquete?",
    ],
  ]
}
