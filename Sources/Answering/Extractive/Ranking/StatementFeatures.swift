/// What speaks for a statement as an answer. Every feature lies between 0 and 1, but for the cosines.
struct StatementFeatures: Sendable, Equatable {
  /// Cosine of statement and question, -1 to 1.
  var similarity = 0.0
  /// Mean cosine of the question's tokens, rare ones counting more, with the nearest ones of the statement and of the
  /// sentence before it; nil where the embedding model gives no vectors of tokens.
  var tokens: Double?
  /// Part of the question's words, weighted by their rarity, that the statement holds.
  var coverage = 0.0
  /// The same, with the headings above the passage and the statement before it.
  var contextCoverage = 0.0
  /// Score of its passage against the best passage's.
  var passage = 0.0
  /// Whether it holds the kind of thing that the question asks for: a number, a date, a name.
  var expected = 0.0
  /// Whether it names a quantity of the kind that the question asks for.
  var quantity = 0.0
  /// Whether it says what the thing in question is.
  var defines = 0.0
  /// Whether it says what is asked of a thing, in the entry of the thing.
  var attribute = 0.0
  /// How far it tells two things apart, where the question asks for their difference.
  var compares = 0.0
  /// How far it gives a reason, where the question asks for one, times `contextCoverage`.
  var explains = 0.0
}

/// How much each feature counts: chosen for replies that hold the gold answer, on half of the questions of SQuAD and of the
/// sample book, asked as they are, in other words and wrapped in talk, and confirmed on the other half.
struct StatementWeights: Sendable {
  var similarity = 1.4
  var tokens = 2.2
  /// Mean cosine of tokens that speaks neither for a statement nor against it.
  var usualTokens = 0.36
  var coverage = 0.7
  var contextCoverage = 0.25
  var passage = 0.7
  var expected = 0.2
  var quantity = 0.3
  var defines = 0.7
  var explains = 0.3
  var attribute = 0.8
  var compares = 0.6
  /// Given to what opens a page or section that is titled with the thing in question, or with the question itself.
  var opening = 0.35
  /// Given to what stands below the question itself.
  var answer = 0.5
  /// Given to what stands under a title that comes near to the question, and as much again to what opens such a section.
  var title = 0.5
  /// Taken from statements that are code, which reads badly alone.
  var shape = 0.2
  /// Taken from rows of tables, which say little without the others.
  var row = 0.1
  /// Taken from rows besides where the question wants something explained.
  var unexplained = 0.4
  /// Taken from what only says where to read on.
  var pointer = 1.0
  /// Taken from what says little without what comes behind it: code that nobody asked for, or what another passage holds.
  var announcement = 0.5
  /// Given to code that was asked for, by what introduces it.
  var lead = 0.4
  /// Taken from passages that lack a number of the question where others hold it.
  var number = 0.3
  /// Given to the entry of what the question calls by its name in code.
  var entry = 0.5
  /// Taken from what only says what changed once, where nobody asks for that.
  var record = 0.5
  /// Given to what stands under the version in question.
  var version = 1.0
  /// Taken from headings, from what holds only words of the question, and from what only names another entry: they answer
  /// nothing.
  var heading = 3.0

  func score(_ features: StatementFeatures, _ kind: Statement.Kind) -> Double {
    let sum =
      similarity * features.similarity + tokens * ((features.tokens ?? usualTokens) - usualTokens)
      + coverage * features.coverage + contextCoverage * features.contextCoverage + passage * features.passage
      + expected * features.expected + quantity * features.quantity + defines * features.defines
      + explains * features.explains + attribute * features.attribute
      + compares * features.compares
    switch kind {
    case .code: return sum - shape
    case .row: return sum - row
    case .heading, .head: return sum - heading
    case .sentence, .item: return sum
    }
  }
}
