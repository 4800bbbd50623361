import Retrieval

/// Which statements stand under the version that a question names, and which under another one and therefore answer nothing.
struct VersionSections {
  /// Empty where the question names none, or looks from one version to others.
  private let asked: [VersionName]

  /// - Parameter versions: those of the question.
  init(_ question: String, _ versions: [VersionName]) {
    guard !versions.isEmpty else {
      asked = []
      return
    }
    let words = Words.of(question)
    if words.contains(where: Self.reaching.contains) {
      asked = []
    } else if words.contains(where: { Self.saying.contains($0) || ListQuestion.changes.contains($0) }) {
      asked = versions
    } else {
      asked = versions.filter(\.isCertain)
    }
  }

  /// What is searched for to find the section of the version; nil where there is none to find.
  var query: String? { asked.first?.text }

  /// Whether a passage stands under the version.
  func holds(_ passage: Passage) -> Bool {
    passage.headingPath.contains { place(below: $0) == .own }
  }

  /// `ranked` without what stands under other versions and does not name this one itself; where some of it stands under
  /// this very version, without the releases that only begin with its number.
  func own(_ ranked: [RankedStatement], in passages: [Passage]) -> [RankedStatement] {
    guard !asked.isEmpty else { return ranked }
    var known: [String: Place] = [:]
    let places = ranked.map { item -> Place in
      let statement = item.statement
      for heading in [statement.section] + passages[statement.passage].headingPath.reversed() {
        let place = known[heading] ?? self.place(below: heading)
        known[heading] = place
        if place != .anywhere { return place }
      }
      return .anywhere
    }
    let others: Set<Place> = places.contains(.own) ? [.begun, .other] : [.other]
    return zip(ranked, places).filter { item, place in
      !others.contains(place) || holds(item.statement.text, VersionName.holds)
    }.map(\.0)
  }

  private enum Place { case own, begun, other, anywhere }

  private func place(below heading: String) -> Place {
    guard ReleaseLine(Array(heading.utf8)[...]) != nil else { return .anywhere }
    return holds(heading, VersionName.holds) ? .own : holds(heading, VersionName.isBegun) ? .begun : .other
  }

  private func holds(_ text: String, _ isSame: (VersionName) -> (VersionName) -> Bool) -> Bool {
    let held = VersionName.all(in: text)
    return asked.contains { held.contains(where: isSame($0)) }
  }

  /// Words beside which a version is where something begins or ends.
  private static let reaching: Set<String> = [
    "since", "after", "before", "than", "from", "between", "until", "till", "later", "newer", "older",
  ]
  /// Words that say of a number that it is a version.
  static let saying: Set<String> = ["version", "release", "released", "update", "patch"]
}
