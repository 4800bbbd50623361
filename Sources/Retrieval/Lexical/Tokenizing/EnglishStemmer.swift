/// Stems English words: Porter2, the "English" algorithm of Snowball
/// (https://snowballstem.org/algorithms/english/stemmer.html), for lower-case words without apostrophes.
struct EnglishStemmer {
  /// Bytes of `word` above which nothing is stemmed: no English word is that long.
  static let limit = 48

  private var word: [UInt8]
  /// First byte of the regions R1 and R2.
  private var first = 0
  private var second = 0

  private static let consonantY = UInt8(ascii: "Y")

  /// The stem of `word`, which must consist of the letters a to z.
  static func stem(_ word: some Collection<UInt8>) -> [UInt8] {
    let bytes = Array(word)
    guard bytes.count > 2, bytes.count <= limit else { return bytes }
    // Hashing takes as long as stemming.
    if bytes.count <= longestException, let stem = exceptions[bytes] { return stem }
    var stemmer = EnglishStemmer(word: bytes)
    stemmer.run()
    return stemmer.word
  }

  static func stem(_ word: String) -> String { String(decoding: stem(word.utf8), as: UTF8.self) }

  private init(word: [UInt8]) { self.word = word }

  private static let exceptions: [[UInt8]: [UInt8]] = {
    let changed: [(String, String)] = [
      ("skis", "ski"), ("skies", "sky"), ("dying", "die"), ("lying", "lie"), ("tying", "tie"),
      ("idly", "idl"),
      ("gently", "gentl"), ("ugly", "ugli"), ("early", "earli"), ("only", "onli"), ("singly", "singl"),
    ]
    let kept = ["sky", "news", "howe", "atlas", "cosmos", "bias", "andes"]
    return Dictionary(
      (changed + kept.map { ($0, $0) }).map { (Array($0.utf8), Array($1.utf8)) }, uniquingKeysWith: { $1 })
  }()

  private static let longestException = exceptions.keys.map(\.count).max() ?? 0

  /// Words that keep their ending after step 1a.
  private static let finished: [StaticString] = [
    "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed",
  ]

  private var isFinished: Bool {
    (ends("ing") || ends("eed")) && Self.finished.contains { word.count == $0.utf8CodeUnitCount && ends($0) }
  }

  private mutating func run() {
    markConsonants()
    markRegions()
    removePlural()
    if !isFinished {
      removePast()
      replaceY()
      replace(Self.step2, from: first)
      removeLi()
      replace(Self.step3, from: first)
      removeAtEnd()
      removeFinal()
    }
    for index in word.indices where word[index] == Self.consonantY { word[index] = UInt8(ascii: "y") }
  }

  private static func isVowel(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"),
      UInt8(ascii: "y"):
      true
    default: false
    }
  }

  /// Writes `y` that is a consonant as `Y`.
  private mutating func markConsonants() {
    for index in word.indices
    where word[index] == UInt8(ascii: "y") && (index == 0 || Self.isVowel(word[index - 1])) {
      word[index] = Self.consonantY
    }
  }

  /// Beginnings after which R1 begins.
  private static let prefixes: [StaticString] = ["gener", "commun", "arsen"]

  private mutating func markRegions() {
    first = Self.prefixes.first(where: starts)?.utf8CodeUnitCount ?? region(after: 0)
    second = region(after: first)
  }

  /// The place after the first consonant that follows a vowel, from `start` on.
  private func region(after start: Int) -> Int {
    var index = start + 1
    while index < word.count {
      if Self.isVowel(word[index - 1]), !Self.isVowel(word[index]) { return index + 1 }
      index += 1
    }
    return word.count
  }

  private func starts(_ prefix: StaticString) -> Bool { holds(prefix, at: 0) }

  private func ends(_ suffix: StaticString) -> Bool {
    holds(suffix, at: word.count - suffix.utf8CodeUnitCount)
  }

  private func holds(_ part: StaticString, at start: Int) -> Bool {
    let count = part.utf8CodeUnitCount
    guard start >= 0, start + count <= word.count else { return false }
    for index in 0..<count where word[start + index] != part.utf8Start[index] { return false }
    return true
  }

  private mutating func replaceEnd(_ count: Int, _ replacement: StaticString) {
    word.removeLast(count)
    for index in 0..<replacement.utf8CodeUnitCount { word.append(replacement.utf8Start[index]) }
  }

  private func hasVowel(before end: Int) -> Bool { word[..<max(0, end)].contains(where: Self.isVowel) }

  /// Step 1a.
  private mutating func removePlural() {
    if ends("sses") {
      word.removeLast(2)
    } else if ends("ied") || ends("ies") {
      word.removeLast(word.count > 4 ? 2 : 1)
    } else if ends("us") || ends("ss") {
      return
    } else if ends("s"), hasVowel(before: word.count - 2) {
      word.removeLast()
    }
  }

  /// Step 1b.
  private mutating func removePast() {
    for suffix in ["eedly", "eed"] as [StaticString] where ends(suffix) {
      let count = suffix.utf8CodeUnitCount
      if word.count - count >= first { replaceEnd(count, "ee") }
      return
    }
    for suffix in ["ingly", "edly", "ing", "ed"] as [StaticString] where ends(suffix) {
      let count = suffix.utf8CodeUnitCount
      guard hasVowel(before: word.count - count) else { return }
      word.removeLast(count)
      if ends("at") || ends("bl") || ends("iz") {
        word.append(UInt8(ascii: "e"))
      } else if endsInDouble {
        word.removeLast()
      } else if first >= word.count, endsInShortSyllable {
        word.append(UInt8(ascii: "e"))
      }
      return
    }
  }

  private var endsInDouble: Bool {
    guard let last = word.last, word.count > 1, word[word.count - 2] == last else { return false }
    return "bdfgmnprt".utf8.contains(last)
  }

  private var endsInShortSyllable: Bool {
    let count = word.count
    if count == 2 { return Self.isVowel(word[0]) && !Self.isVowel(word[1]) }
    guard count > 2, let last = word.last, !Self.isVowel(last) else { return false }
    return Self.isVowel(word[count - 2]) && !Self.isVowel(word[count - 3])
      && last != UInt8(ascii: "w") && last != UInt8(ascii: "x") && last != Self.consonantY
  }

  /// Step 1c.
  private mutating func replaceY() {
    guard word.count > 2, let last = word.last, last == UInt8(ascii: "y") || last == Self.consonantY,
      !Self.isVowel(word[word.count - 2])
    else { return }
    word[word.count - 1] = UInt8(ascii: "i")
  }

  private static let step2 = Endings([
    ("ational", "ate"), ("fulness", "ful"), ("iveness", "ive"), ("ization", "ize"), ("ousness", "ous"),
    ("biliti", "ble"), ("lessli", "less"), ("tional", "tion"), ("alism", "al"), ("aliti", "al"),
    ("ation", "ate"), ("entli", "ent"), ("fulli", "ful"), ("iviti", "ive"), ("ousli", "ous"),
    ("abli", "able"), ("alli", "al"), ("anci", "ance"), ("ator", "ate"), ("enci", "ence"), ("izer", "ize"),
    ("bli", "ble"), ("ogi", "og"),
  ])

  private static let step3 = Endings([
    ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ative", ""),
    ("ical", "ic"), ("ness", ""), ("ful", ""),
  ])

  private static let step4 = Endings(
    [
      "ement", "able", "ance", "ence", "ible", "ment", "ant", "ate", "ent", "ion", "ism", "iti", "ive", "ize",
      "ous", "al", "er", "ic",
    ].map { ($0, "") })

  /// Endings with what takes their place, the longest first.
  private struct Endings {
    /// By the last letter.
    private var lists: [[(ending: StaticString, replacement: StaticString)]]

    init(_ endings: [(ending: StaticString, replacement: StaticString)]) {
      lists = Array(repeating: [], count: 256)
      for item in endings {
        lists[Int(item.ending.utf8Start[item.ending.utf8CodeUnitCount - 1])].append(item)
      }
    }

    func first(in word: EnglishStemmer) -> (ending: StaticString, replacement: StaticString)? {
      guard let last = word.word.last else { return nil }
      return lists[Int(last)].first { word.ends($0.ending) }
    }
  }

  /// Steps 2 and 3: the longest ending is replaced if it lies in the region.
  private mutating func replace(_ endings: Endings, from start: Int) {
    guard let (suffix, replacement) = endings.first(in: self) else { return }
    let count = suffix.utf8CodeUnitCount
    let stem = word.count - count
    guard stem >= start else { return }
    if ends("ogi"), count == 3, stem == 0 || word[stem - 1] != UInt8(ascii: "l") { return }
    if ends("ative"), stem < second { return }
    replaceEnd(count, replacement)
    removesLi = false
  }

  /// False once step 2 has replaced another ending.
  private var removesLi = true

  /// The last rule of step 2.
  private mutating func removeLi() {
    guard removesLi, ends("li"), word.count > 2, word.count - 2 >= first,
      Self.step2.first(in: self) == nil, "cdeghkmnrt".utf8.contains(word[word.count - 3])
    else { return }
    word.removeLast(2)
  }

  /// Step 4.
  private mutating func removeAtEnd() {
    guard let (suffix, _) = Self.step4.first(in: self) else { return }
    let stem = word.count - suffix.utf8CodeUnitCount
    guard stem >= second else { return }
    if ends("ion"), stem == 0 || (word[stem - 1] != UInt8(ascii: "s") && word[stem - 1] != UInt8(ascii: "t"))
    {
      return
    }
    word.removeLast(suffix.utf8CodeUnitCount)
  }

  /// Step 5.
  private mutating func removeFinal() {
    guard let last = word.last else { return }
    let stem = word.count - 1
    if last == UInt8(ascii: "l") {
      if stem >= second, stem > 0, word[stem - 1] == UInt8(ascii: "l") { word.removeLast() }
    } else if last == UInt8(ascii: "e") {
      if stem >= second {
        word.removeLast()
      } else if stem >= first {
        word.removeLast()
        if endsInShortSyllable { word.append(UInt8(ascii: "e")) }
      }
    }
  }
}
