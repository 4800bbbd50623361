/// Names of a `.env` that nothing reads and that were probably meant for this program.
struct StrayNames {
  /// All that is read, by this program and by others with the same file.
  let known: [String]
  /// Beginnings of names that no other software uses.
  static let prefixes = ["FOOTNOTE_", "EMBEDDING_", "RERANK_", "QDRANT_"]

  /// Why a name is worth a word; nil where it is known, or likely meant for something else.
  ///
  /// Names are shown and values never: a file of settings is full of keys.
  func remark(on name: String) -> String? {
    guard !known.contains(name) else { return nil }
    let misspelt = misspelt(name)
    // Qdrant's own settings have two underscores.
    let isOurs = Self.prefixes.contains(where: name.hasPrefix) && !name.hasPrefix("QDRANT__")
    guard isOurs || misspelt != nil else { return nil }
    let nearest = misspelt ?? NearestName.of(name, among: known)
    return "\(name) is no setting" + (nearest.map { "; '\($0)' may be meant" } ?? "")
  }

  /// The known name that is a slip or two away: fewer than `NearestName` takes, as files hold names of other programs
  /// (`GITHUB_API_KEY`) that are no slips at all.
  private func misspelt(_ name: String) -> String? {
    let slips = name.count >= 10 ? 2 : name.count >= 6 ? 1 : 0
    let typed = Array(name.uppercased().unicodeScalars)
    guard typed.count <= 64 else { return nil }
    let distances = known.map { (name: $0, distance: NearestName.distance(typed, Array($0.unicodeScalars))) }
    return distances.filter { $0.distance <= slips }.min { $0.distance < $1.distance }?.name
  }
}
