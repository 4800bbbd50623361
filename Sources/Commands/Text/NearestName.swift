/// Finds the name a person most likely meant.
public enum NearestName {
  /// The candidate within about a third of the word's length in slips, or that the word is the beginning of;
  /// the first of several equally near ones.
  public static func of(_ word: String, among candidates: [String]) -> String? {
    let typed = Array(word.lowercased().unicodeScalars)
    // Nobody misspells a name at such length, and the distance takes quadratic time.
    guard !typed.isEmpty, typed.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let name = Array(candidate.lowercased().unicodeScalars)
      let isBeginning = typed.count >= 2 && name.starts(with: typed)
      let distance = isBeginning ? 1 : distance(typed, name)
      let limit = max(1, (max(typed.count, name.count) + 1) / 3)
      let isNear = distance <= limit && distance < min(typed.count, name.count)
      if isNear || isBeginning, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Damerau-Levenshtein distance in its restricted form (optimal string alignment): insertions, deletions,
  /// substitutions and swaps of neighbours, each counting one.
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in a.indices {
      var current = [i + 1]
      for j in b.indices {
        var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforePrevious[j - 1] + 1) }
        current.append(cost)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[b.count]
  }
}
