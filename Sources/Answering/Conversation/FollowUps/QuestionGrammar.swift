/// Words of English questions by what they do in a sentence. They tell where a thing's name begins and ends.
enum QuestionGrammar {
  static let determiners: Set<String> = [
    "a", "an", "the", "my", "your", "our", "his", "her", "its", "their", "this", "that", "these", "those",
    "some", "any", "each", "every", "all", "both", "no",
  ]
  static let prepositions: Set<String> = [
    "of", "in", "on", "at", "for", "to", "from", "with", "without", "by", "about", "into", "onto", "during",
    "under", "over", "between", "against", "per", "after", "before", "since", "until", "through", "like",
    "within", "across", "near", "around", "behind", "beyond", "inside", "outside", "as", "than", "via",
    "towards", "above", "below", "upon",
  ]
  static let being: Set<String> = ["is", "are", "was", "were", "am"]
  static let having: Set<String> = ["has", "have", "had"]
  /// Words before a subject whose verb stands in its plain form.
  static let helping: Set<String> = [
    "do", "does", "did", "can", "could", "will", "would", "shall", "should", "must", "may", "might",
  ]
  /// What may stand before the subject of a question, or before a verb.
  static let auxiliaries = being.union(having).union(helping)
  /// The singular of a verb before a subject by its plural.
  static let singularForms = ["do": "does", "are": "is", "were": "was", "have": "has"]
  /// Nouns that make one verb with "take".
  static let taken: Set<String> = ["place", "effect", "part"]
  static let pronouns: Set<String> = [
    "i", "you", "we", "one", "it", "they", "he", "she", "me", "us", "him", "them", "there", "someone",
    "anyone", "everybody", "everyone", "somebody", "anybody", "hers", "theirs", "mine", "yours",
  ]
  /// Those behind which a verb follows.
  static let actors: Set<String> = ["i", "you", "we", "they", "he", "she"]
  /// Adverbs behind a thing that may be adjectives before one.
  static let trailing: Set<String> = ["late", "early", "twice", "fast", "soon", "long", "quickly", "slowly"]
  /// Words that begin another clause.
  static let joining: Set<String> = [
    "if", "when", "while", "because", "that", "which", "who", "whose", "where", "but", "so", "once",
    "unless", "whether", "why", "how", "what",
  ]
  static let adverbs: Set<String> = [
    "not", "first", "last", "often", "still", "also", "usually", "normally", "typically", "only", "ever",
    "already", "really", "yet", "together", "away", "back", "again", "now", "then", "exactly", "actually",
    "originally", "later", "here", "today", "currently", "always", "never", "just", "even", "most", "more",
    "much", "many", "least", "too", "very", "well", "else", "up", "down", "out", "off", "please", "instead",
  ]
  /// Adverbs that may stand alone for when or where: "And today?"
  static let circumstances: Set<String> = [
    "today", "tomorrow", "yesterday", "now", "then", "afterwards", "later", "abroad", "online", "outdoors",
    "indoors", "overnight", "weekly", "daily", "monthly", "yearly", "annually",
  ]
  static let requests: Set<String> = [
    "tell", "explain", "describe", "define", "list", "show", "give", "name", "compare", "summarise",
    "summarize",
  ]
  /// Verbs in their plain form that are hardly ever nouns.
  static let verbs: Set<String> = [
    "add", "adjust", "allow", "apply", "become", "begin", "belong", "bring", "choose", "combine", "come",
    "complete", "compute", "consist", "contain", "create", "define", "delete", "depend", "describe",
    "differ", "earn", "eat", "enter", "exist", "expire", "explain", "fail", "find", "fit", "get", "give",
    "go", "grow", "happen", "hold", "include", "install", "introduce", "invent", "keep", "know", "learn",
    "live", "look", "lose", "maintain", "make", "mean", "need", "occur", "open", "operate", "own", "pay",
    "perform", "prevent", "produce", "provide", "publish", "put", "reach", "receive", "refer", "remain",
    "remove", "rename", "renew", "require", "restore", "say", "see", "sell", "send", "serve", "specify",
    "spend", "store", "take", "tell", "transport", "use", "want", "wear", "weigh", "write", "be", "stay",
    "sit", "stand", "see", "speak", "think", "understand", "elect", "employ", "recommend", "suggest",
    "undo", "redo", "convert", "ignore", "respect", "imply", "parse", "reload", "restart", "uninstall",
    "upgrade",
    "compile", "revert", "exclude", "skip", "insert", "append", "execute", "fetch", "resize", "rotate",
    "extract",
    "encrypt", "decrypt", "overwrite", "override", "believe", "argue", "oppose", "reject", "accept", "agree",
    "announce", "acquire", "beat", "develop", "found", "launch", "offer", "replace", "retire", "unveil",
    "win", "detect", "avoid", "enable", "disable", "configure", "handle", "ensure", "protect", "support",
  ]
  /// Those that are nouns, too.
  static let nounVerbs: Set<String> = [
    "access", "answer", "bake", "break", "build", "buy", "call", "carry", "cause", "change", "charge",
    "check", "close", "cook", "cost", "cover", "cut", "die", "draw", "drive", "drop", "end", "fall", "feel",
    "fly",
    "form", "freeze", "grade", "grip", "handle", "help", "increase", "last", "lead", "leave", "lend",
    "lift", "limit", "measure", "meet", "move", "design", "order", "park", "play", "present", "release",
    "rent", "repair", "report", "rest",
    "return", "rise", "run", "save", "set", "show", "start", "stop", "switch", "test", "travel", "turn",
    "update", "visit", "vote", "wait", "walk", "wash", "work",
  ]
  /// Nouns and names of commands that are verbs only where a verb is looked for.
  private static let possibleVerbs: Set<String> = [
    "output", "plot", "print", "read", "sort", "filter", "search", "log", "record", "commit", "push", "pull",
    "query", "copy", "paste", "stack", "bind", "dump", "label", "format", "wrap", "fold", "map", "edit",
    "stage",
    "stash", "rebase", "merge", "view", "export", "import", "reset", "split", "join", "back", "debug",
    "escape",
    "restore", "index", "load", "clear", "hide", "force", "join",
  ]
  /// Participles that do not end in `-ed`.
  private static let participles = Set([
    "bought", "built", "made", "done", "sold", "sent", "kept", "held", "found", "paid", "lent", "written",
    "shown", "known", "given", "taken", "broken", "born", "set", "cut", "left", "lost", "meant", "stored",
    "put", "run", "read", "drawn", "grown", "worn", "chosen", "driven", "taught", "told", "thought",
    "fed", "won", "met", "led", "laid", "understood", "spoken", "eaten", "hidden", "shut", "open", "closed",
    "brought", "caught", "begun", "seen", "fallen", "frozen", "stolen", "torn", "thrown", "flown", "sung",
    "struck", "spent", "felt", "heard", "hung", "hurt", "cast", "spread", "split", "shot", "fought", "sought",
    "proven", "beaten", "blown", "sewn", "bound", "dug", "hit", "forbidden", "gone", "ridden", "rebuilt",
    "due", "available", "allowed", "called", "unveiled", "needed", "possible", "necessary", "required",
    "valid", "safe",
  ]).union(comparing)
  /// What is said of a thing with "is" by holding it against another.
  static let comparing: Set<String> = ["different", "similar", "compatible", "equivalent"]
  /// What is known of a thing: "the weight of the tent" speaks of the tent.
  static let attributes: Set<String> = [
    "address", "age", "advantage", "advantages", "aim", "amount", "accuracy", "author", "capacity", "capital",
    "colour",
    "color", "cost", "date", "definition", "density", "depth", "diameter", "disadvantage", "disadvantages",
    "duration", "efficiency", "fee", "fraction", "frequency", "function", "height", "idea", "inventor",
    "length", "limit", "mass", "maximum", "meaning", "minimum", "name", "number", "origin", "part",
    "percentage", "power", "price", "principle", "purpose", "range", "rate", "resolution", "role", "share",
    "size", "speed", "temperature", "type", "use", "value", "version", "voltage", "volume", "weakness",
    "weaknesses", "example", "examples", "default", "weight", "width", "lifetime", "lifespan", "licence",
    "license",
  ]
  /// Words that say the contrary of each other.
  static let contraries = [
    ["below", "above"], ["under", "over"], ["before", "after"], ["inside", "outside"], ["with", "without"],
    ["minimum", "maximum"], ["lowest", "highest"], ["smallest", "largest"], ["first", "last"],
  ].flatMap { [($0[0], $0[1]), ($0[1], $0[0])] }.reduce(into: [String: String]()) { $0[$1.0] = $1.1 }
  /// What is counted or measured in.
  static let units: Set<String> = [
    "days", "hours", "minutes", "seconds", "weeks", "months", "years", "times", "people", "persons",
    "degrees",
    "euros", "dollars", "pounds", "percent", "kilograms", "grams", "tons", "tonnes", "litres", "metres",
    "kilometres", "watts", "volts", "money", "time", "kinds", "types", "sorts", "ways", "energy",
  ]
  /// Prepositions of where something is.
  static let places: Set<String> = ["in", "on", "at", "inside", "outside", "under", "near", "behind"]
  private static let times: Set<String> = Words.months.union([
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "weekend", "weekday", "holiday", "morning", "afternoon", "evening", "noon", "midnight", "spring",
    "summer", "autumn", "winter", "today", "year", "month", "week", "day", "night", "time",
  ])

  /// Whether a word can belong to the name of a thing.
  static func isContent(_ word: String) -> Bool {
    !word.isEmpty && !determiners.contains(word) && !prepositions.contains(word)
      && !auxiliaries.contains(word) && !pronouns.contains(word)
      && !Words.interrogatives.contains(word) && !joining.contains(word) && !adverbs.contains(word)
      && word != "and"
      && word != "or" && word != "been" && word != "being"
  }

  static func isVerb(_ word: String) -> Bool { verbs.contains(word) || nounVerbs.contains(word) }

  /// Whether a word may be a verb in its plain form where one is needed.
  static func canBeVerb(_ word: String) -> Bool { isVerb(word) || possibleVerbs.contains(word) }

  /// Whether a word is one of the plain verbs as it stands behind "it": `goes`.
  static func isFinite(_ word: String) -> Bool {
    word.hasSuffix("s")
      && (verbs.contains(String(word.dropLast()))
        || (word.hasSuffix("es") && verbs.contains(String(word.dropLast(2)))))
  }

  static func isParticiple(_ word: String) -> Bool {
    participles.contains(word) || (word.hasSuffix("ed") && word.count > 4)
  }

  static func isTime(_ word: String) -> Bool {
    times.contains(word) || (word.hasSuffix("s") && times.contains(String(word.dropLast())))
      || (word.count == 4 && word.allSatisfy(\.isNumber))
  }

  /// Whether a noun looks like more than one.
  static func isPlural(_ word: String) -> Bool {
    Words.hasPluralEnding(word) && word.count > 3 && !word.hasSuffix("ics") && !singular.contains(word)
      || irregularPlurals.contains(word)
  }

  /// Whether a word or a token ends with `'s`.
  static func isPossessive(_ word: String) -> Bool { word.hasSuffix("'s") || word.hasSuffix("’s") }

  /// "CDs" are things like others, and no name.
  static func isSeveralAcronyms(_ token: String) -> Bool {
    let letters = token.filter(\.isLetter)
    return letters.count > 2 && letters.last == "s" && letters.dropLast().allSatisfy(\.isUppercase)
  }

  private static let singular: Set<String> = [
    "gas", "canvas", "lens", "series", "species", "news", "means", "atlas",
  ]
  private static let irregularPlurals: Set<String> = [
    "children", "staff", "people", "men", "women", "feet", "teeth", "criteria",
  ]
}
