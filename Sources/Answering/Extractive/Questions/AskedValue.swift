/// A value that a question asks for whose form tells whether a text can hold it: a colour, a price, a quantity, when
/// something was. A text about the same thing that has no such value does not answer: "The vans are in the yard."
enum AskedValue: Sendable, Equatable {
  case colour
  case quantity(Quantities.Kinds)
  /// When something happened, or in what year.
  case past

  /// Nil for a question that asks for none of these, or may be answered in other ways.
  ///
  /// - Parameter words: the words of the question, in lower case.
  init?(_ words: [String], quantities: Quantities.Kinds) {
    guard let first = words.first else { return nil }
    let asksWhat = ["what", "which", "whats"].contains(first)
    let second = words.count > 1 ? words[1] : ""
    if !quantities.isEmpty {
      self = .quantity(quantities)
    } else if asksWhat, ["colour", "color", "colours", "colors"].contains(second) {
      self = .colour
    } else if asksWhat, words.last.map(["cost", "costs"].contains) == true || Self.asksPrice(words) {
      self = .quantity(.money)
    } else if asksWhat && second == "year" || first == "when" && ["was", "were", "did"].contains(second) {
      self = .past
    } else {
      return nil
    }
  }

  /// "What is the price of …?", "What's the fare to …?"
  private static func asksPrice(_ words: [String]) -> Bool {
    let rest = words.dropFirst(words.first == "whats" ? 1 : 2).drop { Words.articles.contains($0) }
    return rest.first.map(prices.contains) == true
      && rest.dropFirst().first.map(["of", "for", "to"].contains) == true
  }

  /// Whether a text holds such a value.
  func isTold(in text: String) -> Bool {
    let words = Words.of(text)
    switch self {
    case .colour:
      return words.contains { word in
        Self.colours.contains { word == $0 || word == $0 + "s" || word.hasSuffix("-" + $0) }
      }
    case .quantity(let kinds):
      let told = Quantities(of: text).kinds
      if kinds == .money { return told.contains(.money) || words.contains(where: Self.unpriced.contains) }
      // How far something bends is told in degrees, and how large it is in anything.
      return !told.isEmpty || words.contains(where: Self.amounts.contains)
    case .past:
      return words.contains { word in
        word.contains { $0.isNumber } || Words.months.contains(word) || Self.times.contains(word)
      }
    }
  }

  private static let prices: Set<String> = [
    "price", "cost", "costs", "fee", "fare", "rent", "salary", "charge",
  ]
  private static let colours: Set<String> = [
    "red", "green", "blue", "white", "black", "yellow", "grey", "gray", "brown", "orange", "pink", "purple",
    "violet",
    "silver", "gold", "golden", "beige", "cream", "turquoise", "cyan", "magenta", "maroon", "navy", "scarlet",
    "crimson",
    "teal", "olive", "ivory", "amber", "bronze", "copper", "blonde", "dark", "light", "pale", "transparent",
    "clear",
  ]
  /// What says a price without a number.
  private static let unpriced: Set<String> = ["free", "nothing", "gratis", "included", "complimentary"]
  /// What says how much, how long or how often without one.
  private static let amounts: Set<String> = [
    "no", "none", "never", "always", "once", "twice", "thrice", "single", "unlimited", "infinite",
    "indefinitely",
    "forever", "every", "each", "daily", "hourly", "weekly", "monthly", "quarterly", "yearly", "annually",
    "both", "all",
    "immediately", "until", "zero", "couple", "pair", "dozens", "hundreds", "thousands", "millions",
    "overnight",
  ]
  private static let times: Set<String> = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "spring", "summer",
    "autumn", "fall",
    "winter", "morning", "noon", "afternoon", "evening", "night", "midnight", "today", "yesterday", "century",
    "decade",
    "ago", "after", "before", "during", "when", "while", "until", "since", "later", "earlier", "recently",
    "ancient",
    "medieval", "christmas", "easter", "war", "childhood",
  ]
}
