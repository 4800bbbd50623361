import Glibc
import Models
import Retrieval

/// Looks for a place in the passages that says something of what a follow-up asks beyond its conversation.
struct FocusSupport {
  /// A statement with what it is read with.
  private struct Window {
    /// Words of the statement, of the one before it, of its table's head and of the headings above.
    var words: [String]
    var stems: StemSet
    /// Words of the statements before it, which tell what it speaks of.
    var matter: [String]
    var matterStems: StemSet
    /// What the numbers of the statement measure.
    var kinds: Quantities.Kinds
  }

  private let focus: FollowUpFocus
  private let windows: [Window]
  /// Weight of each carried word, higher the fewer windows hold it; they sum to 1.
  private let weights: [Double]
  private let model: any EmbeddingModel
  private let vectors: SentenceVectors

  /// Part of the carried words that the place must hold, by their rarity: it has to speak of the same matter.
  private static let sameMatter = 0.34
  /// How near a word must be to one that is missing, above the mean of the words around: 0 as near as any, 1 the same.
  private static let sameMeaning = 0.4
  /// Statements before one that may say what it speaks of.
  private static let lookBack = 4
  /// Places that are looked at for words of the same meaning.
  private static let limit = 8

  init(
    _ focus: FollowUpFocus, _ ranked: [RankedStatement], _ outline: StatementOutline, _ passages: [Passage],
    model: any EmbeddingModel, vectors: SentenceVectors
  ) {
    self.focus = focus
    self.model = model
    self.vectors = vectors
    let headings = passages.map { Words.of($0.titles.joined(separator: " ")) }
    let windows = ranked.filter { $0.statement.kind != .heading && $0.statement.kind != .head }.map {
      item in
      let statement = item.statement
      var earlier: [Statement] = []
      // Where another thing is asked for, the sentences before speak of the first one.
      while earlier.count < (focus.namesThing ? 1 : Self.lookBack),
        let next = outline.before(earlier.last ?? statement)
      {
        earlier.append(next)
      }
      let own =
        headings[statement.passage] + Words.of(earlier.first?.text ?? "") + outline.words(of: statement)
      let matter = own + earlier.dropFirst().flatMap { Words.of($0.text) }
      return Window(
        words: own, stems: StemSet(own.map(Words.stem)), matter: matter,
        matterStems: StemSet(matter.map(Words.stem)),
        kinds: item.read.quantities.kinds)
    }
    // Whom or what the conversation named is spoken of where the answer is.
    self.windows = windows.filter { focus.names.allSatisfy($0.matterStems.holds) }
    // A word that stands nowhere tells no place from another: what was asked before was asked in other words.
    let counts = focus.carried.map { stem in windows.count { $0.matterStems.holds(stem) } }
    let isNowhere = counts.allSatisfy { $0 == 0 }
    let rarity = zip(focus.carried, counts).map { stem, count in
      count == 0 && !isNowhere && focus.ordinary.contains(stem)
        ? 0 : log(1 + Double(windows.count) / Double(1 + count))
    }
    let total = rarity.reduce(0, +)
    weights = rarity.map { $0 / max(total, .leastNormalMagnitude) }
  }

  /// Whether a place holds the new words, or words that mean as much, and speaks of what was carried over.
  ///
  /// - Throws: `ModelError`.
  func isFound() async throws -> Bool {
    let stems = focus.words.map(Words.stem)
    let held = windows.filter { window in
      stems.allSatisfy(window.stems.holdsForm(of:)) && holdsPairs(window) && isMeasured(window)
    }
    if focus.carried.isEmpty { return !held.isEmpty }
    if held.contains(where: { matter(of: $0) >= Self.sameMatter }) { return true }
    // Each word would be a part of a paid request.
    guard model.fingerprint.precision != "api" else { return focus.namesThing ? !held.isEmpty : true }
    if focus.namesThing {
      // Names and things are called by their names; what is asked of them may be said in other words.
      for window in held.prefix(Self.limit) {
        let near = try await nearness(of: focus.carried, in: window.matter)
        let sum = zip(zip(focus.carried, near), weights).reduce(0) { sum, item in
          let isHeld = window.matterStems.holds(item.0.0) || item.0.1 >= Self.sameMeaning
          return sum + (isHeld ? item.1 : 0)
        }
        if sum >= Self.sameMatter { return true }
      }
      return false
    }
    let alike = windows.filter { matter(of: $0) >= Self.sameMatter && isMeasured($0) }
    for window in alike.prefix(Self.limit) {
      let near = try await nearness(of: focus.words, in: window.words)
      if zip(stems, near).allSatisfy({ window.stems.holdsForm(of: $0) || $1 >= Self.sameMeaning }) {
        return true
      }
    }
    return false
  }

  /// Part of the carried words that a window and what stands before it hold.
  private func matter(of window: Window) -> Double {
    zip(focus.carried, weights).reduce(0) { $0 + (window.matterStems.holds($1.0) ? $1.1 : 0) }
  }

  /// How near the nearest of `others` is to each word, above their mean.
  private func nearness(of words: [String], in others: [String]) async throws -> [Double] {
    let others = Array(Set(others)).filter { !Words.isCommon($0) }.sorted()
    guard !others.isEmpty else { return words.map { _ in 0 } }
    let matrix = try await vectors.vectors(of: others, with: model)
    let own = try await vectors.vectors(of: words, with: model)
    return words.indices.map { index in
      let cosines = matrix.products(with: own[index])
      let mean = Double(cosines.reduce(0, +)) / Double(cosines.count)
      return (Double(cosines.max() ?? 0) - mean) / max(0.01, 1 - mean)
    }
  }

  /// Whether a number tells what is asked for, and its thing is named before; true where no number is asked for.
  private func isMeasured(_ window: Window) -> Bool {
    guard !focus.quantities.isEmpty else { return true }
    let names = focus.carried.filter { !focus.ordinary.contains($0) }
    return !window.kinds.isDisjoint(with: focus.quantities) && names.allSatisfy(window.matterStems.holds)
  }

  private func holdsPairs(_ window: Window) -> Bool {
    focus.pairs.allSatisfy { pair in
      zip(window.words, window.words.dropFirst()).contains { $0 == pair[0] && $1 == pair[1] }
    }
  }
}
