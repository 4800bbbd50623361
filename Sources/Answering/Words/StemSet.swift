/// Stems of a text, which also finds other forms of the same word by their beginnings.
struct StemSet: Sendable {
  private let stems: Set<String>
  private let beginnings: Set<Substring>
  /// Letters that two forms of a word share at least.
  private static let length = 5

  init(_ stems: [String]) {
    self.stems = Set(stems)
    beginnings = Set(stems.filter { $0.count >= Self.length }.map { $0.prefix(Self.length) })
  }

  func holds(_ stem: String) -> Bool {
    stems.contains(stem) || (stem.count > Self.length && beginnings.contains(stem.prefix(Self.length)))
  }

  /// The same, where two forms of a word share more than either has beside: `wheelchair` is none of `wheel`.
  func holdsForm(of stem: String) -> Bool {
    guard holds(stem) else { return false }
    return stems.contains(stem)
      || stems.contains { other in
        let shared = zip(stem, other).prefix { $0 == $1 }.count
        return shared >= Self.length && max(stem.count, other.count) < 2 * shared
      }
  }

  func part(of stems: [String]) -> Double { Grounder.part(of: stems) { holds($0) } }
}
