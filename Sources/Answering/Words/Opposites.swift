/// Words that say the opposite of each other.
enum Opposites {
  /// Stems of what contradicts a stem.
  static func of(_ stem: String) -> Set<String> { table[stem] ?? [] }

  private static let table: [String: Set<String>] = {
    var table: [String: Set<String>] = [:]
    for (first, second) in pairs {
      for (one, other) in [(first, second), (second, first)] {
        table[Words.stem(one), default: []].insert(Words.stem(other))
      }
    }
    return table
  }()

  private static let pairs = [
    ("increase", "decrease"), ("increase", "reduce"), ("raise", "lower"), ("raise", "reduce"),
    ("rise", "fall"), ("grow", "shrink"), ("more", "less"), ("more", "fewer"), ("most", "least"),
    ("higher", "lower"), ("high", "low"), ("highest", "lowest"), ("upper", "lower"), ("larger", "smaller"),
    ("large", "small"), ("largest", "smallest"), ("longer", "shorter"), ("long", "short"),
    ("longest", "shortest"), ("faster", "slower"), ("fast", "slow"), ("before", "after"), ("first", "last"),
    ("early", "late"), ("earlier", "later"), ("left", "right"), ("north", "south"), ("northern", "southern"),
    ("east", "west"), ("eastern", "western"), ("win", "lose"), ("won", "lost"), ("inside", "outside"),
    ("internal", "external"), ("minimum", "maximum"), ("minimal", "maximal"), ("include", "exclude"),
    ("open", "close"), ("opened", "closed"), ("start", "end"), ("begin", "end"), ("above", "below"),
    ("true", "false"), ("enable", "disable"), ("allow", "prevent"), ("allow", "forbid"), ("cause", "prevent"),
    ("promote", "inhibit"), ("activate", "inhibit"), ("activate", "deactivate"), ("best", "worst"),
    ("better", "worse"), ("positive", "negative"), ("hot", "cold"), ("hotter", "colder"), ("old", "new"),
    ("older", "newer"), ("oldest", "newest"), ("import", "export"), ("buy", "sell"), ("accept", "reject"),
    ("success", "failure"), ("possible", "impossible"), ("known", "unknown"), ("legal", "illegal"),
    ("public", "private"), ("strong", "weak"), ("stronger", "weaker"), ("majority", "minority"),
    ("male", "female"), ("safe", "unsafe"), ("required", "optional"), ("synchronous", "asynchronous"),
  ]
}
