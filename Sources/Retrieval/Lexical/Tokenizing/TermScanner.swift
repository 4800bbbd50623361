/// One pass of the tokenizer over a text.
struct TermScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let stemming: LexicalOptions.Stemming
  private let emit: (UnsafeBufferPointer<UInt8>, LexicalTokenizer.Kind) -> Void
  private let table = ScalarTable.shared
  private var index = 0
  /// The name being read, folded, connectors included.
  private var name: [UInt8] = []
  /// Its words, as ranges of `name`.
  private var words: [Range<Int>] = []
  /// Parts of the word being read that begin with a capital inside it, as starts in `name`.
  private var humps: [Int] = []

  /// Words that a name may have; what is longer is no name but data, and only its words count.
  private static let nameLimit = 12

  init(
    _ bytes: UnsafeBufferPointer<UInt8>, stemming: LexicalOptions.Stemming,
    _ emit: @escaping (UnsafeBufferPointer<UInt8>, LexicalTokenizer.Kind) -> Void
  ) {
    self.bytes = bytes
    self.stemming = stemming
    self.emit = emit
  }

  mutating func run() {
    while index < bytes.count {
      let (scalar, count) = scalar(at: index)
      switch table.scalarClass(scalar) {
      case .word: readName()
      case .unspaced: readUnspaced()
      case .separator, .unspacedMark, .ignored: index += count
      }
    }
  }

  /// The code point at `position`. `bytes` is a String's, so it is well formed.
  private func scalar(at position: Int) -> (Unicode.Scalar, count: Int) {
    let lead = UInt32(bytes[position])
    if lead < 0x80 { return (Unicode.Scalar(UInt8(lead)), 1) }
    let count = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard position + count <= bytes.count else { return ("\u{FFFD}", 1) }
    var value = lead & (0x7F >> UInt32(count))
    for offset in 1..<count { value = value << 6 | UInt32(bytes[position + offset] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", count)
  }

  // MARK: Names and words

  private mutating func readName() {
    name.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    var count = 0
    var isName = false
    while true {
      readWord()
      isName = count > 0
      count += 1
      guard let connector = connector() else { break }
      if connector.count == 1, connector[0] == UInt8(ascii: ",") {
        // 1,000 is 1000.
      } else {
        name.append(contentsOf: connector)
      }
    }
    if let suffix = suffix() {
      name.append(contentsOf: suffix)
      isName = true
    }
    for word in words { emitWord(word) }
    if isName, words.count <= Self.nameLimit, name.count <= LexicalTokenizer.limit {
      name.withUnsafeBufferPointer { emit($0, .whole) }
    }
  }

  /// Reads one word onto the end of `name`.
  private mutating func readWord() {
    let start = name.count
    humps.removeAll(keepingCapacity: true)
    var previous: Case = .other
    var run = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        let kind = Case(byte)
        guard kind != .separator else { break }
        if kind == .upper, previous == .lower {
          humps.append(name.count)
        } else if kind == .lower, previous == .upper, run > 2, isLower(index + 1) {
          humps.append(name.count - 1)
        }
        run = kind == .upper ? (previous == .upper ? run + 1 : 1) : 0
        previous = kind
        name.append(kind == .upper ? byte | 0x20 : byte)
        index += 1
        continue
      }
      let (scalar, count) = scalar(at: index)
      let scalarClass = table.scalarClass(scalar)
      guard scalarClass == .word || scalarClass == .ignored else { break }
      if scalarClass == .word {
        append(scalar)
        previous = .other
      }
      index += count
    }
    if name.count > start { words.append(start..<name.count) }
    if !humps.isEmpty { splitHumps(start..<name.count) }
  }

  /// Replaces the word by itself, whole, and its parts: `camelCaseName` is also camel, case and name.
  private mutating func splitHumps(_ word: Range<Int>) {
    guard humps.count < Self.nameLimit else { return }
    var parts: [Range<Int>] = []
    var start = word.lowerBound
    for end in humps + [word.upperBound] {
      if end - start > 1 { parts.append(start..<end) }
      start = end
    }
    guard !parts.isEmpty else { return }
    words.removeLast()
    words.append(contentsOf: parts)
    emitStemmed(word, .whole)
  }

  /// Case of an ASCII byte.
  private enum Case {
    case lower, upper, digit, other, separator

    init(_ byte: UInt8) {
      switch byte {
      case 0x61...0x7A: self = .lower
      case 0x41...0x5A: self = .upper
      case 0x30...0x39: self = .digit
      default: self = .separator
      }
    }
  }

  private func isLower(_ position: Int) -> Bool {
    position < bytes.count && (0x61...0x7A).contains(bytes[position])
  }

  private func isDigit(_ position: Int) -> Bool {
    position >= 0 && position < bytes.count && (0x30...0x39).contains(bytes[position])
  }

  private func isWord(_ position: Int) -> Bool {
    guard position < bytes.count else { return false }
    return table.scalarClass(scalar(at: position).0) == .word
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    if let expansion = table.expansion(of: scalar) {
      name.append(contentsOf: expansion.utf8)
    } else {
      appendFolded(scalar)
    }
  }

  /// Of `self` and not of an array that is given, which would be copied each time as `self` holds it too.
  private mutating func appendFolded(_ scalar: Unicode.Scalar) {
    let folded = table.folded(scalar)
    guard folded >= 0x80 else { return name.append(UInt8(truncatingIfNeeded: folded)) }
    for byte in UTF8.encode(Unicode.Scalar(folded) ?? scalar) ?? UTF8.encodedReplacementCharacter {
      name.append(byte)
    }
  }

  /// What joins the word before `index` with one after it; consumed.
  private mutating func connector() -> [UInt8]? {
    guard index < bytes.count else { return nil }
    var end = index
    switch bytes[index] {
    case UInt8(ascii: "_"):
      while end < bytes.count, bytes[end] == UInt8(ascii: "_") { end += 1 }
    case UInt8(ascii: ":") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: ":"):
      end += 2
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "@"):
      end += 1
    case UInt8(ascii: ",") where isDigit(index - 1) && isDigit(index + 1):
      end += 1
    case UInt8(ascii: "'"):
      skipContraction(after: index + 1)
      return nil
    case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x99:
      skipContraction(after: index + 3)
      return nil
    default: return nil
    }
    guard isWord(end) else { return nil }
    defer { index = end }
    return Array(bytes[index..<end])
  }

  /// Leaves out what an apostrophe adds to an English word: the s of "robot's", the t of "don't".
  private mutating func skipContraction(after start: Int) {
    for ending in ["s", "t", "d", "m", "re", "ve", "ll"] as [StaticString] {
      let count = ending.utf8CodeUnitCount
      guard start + count <= bytes.count, !isWord(start + count) else { continue }
      if (0..<count).allSatisfy({ bytes[start + $0] | 0x20 == ending.utf8Start[$0] }) {
        index = start + count
        return
      }
    }
  }

  /// The `++` of C++ or the `#` of C#, which belong to a name of one letter; consumed.
  private mutating func suffix() -> [UInt8]? {
    guard let last = words.last, last.count == 1, index < bytes.count else { return nil }
    if bytes[index] == UInt8(ascii: "#"), !isWord(index + 1) {
      index += 1
      return [UInt8(ascii: "#")]
    }
    if bytes[index] == UInt8(ascii: "+"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "+"),
      !isWord(index + 2)
    {
      index += 2
      return [UInt8(ascii: "+"), UInt8(ascii: "+")]
    }
    return nil
  }

  private func emitWord(_ range: Range<Int>) { emitStemmed(range, .word) }

  private func emitStemmed(_ range: Range<Int>, _ kind: LexicalTokenizer.Kind) {
    name.withUnsafeBufferPointer { name in
      let word = UnsafeBufferPointer(rebasing: name[range])
      if stemming == .english, word.count > 2, word.count <= EnglishStemmer.limit,
        word.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A })
      {
        EnglishStemmer.stem(word).withUnsafeBufferPointer { emit($0, kind) }
      } else {
        emit(UnsafeBufferPointer(rebasing: word[..<Self.cut(word)]), kind)
      }
    }
  }

  /// Bytes to keep of a term, whole code points.
  private static func cut(_ term: UnsafeBufferPointer<UInt8>) -> Int {
    guard term.count > LexicalTokenizer.limit else { return term.count }
    var end = LexicalTokenizer.limit
    while end > 0, term[end] & 0xC0 == 0x80 { end -= 1 }
    return end
  }

  // MARK: Scripts without spaces

  private mutating func readUnspaced() {
    name.removeAll(keepingCapacity: true)
    var starts: [Int] = []
    while index < bytes.count {
      let (scalar, count) = scalar(at: index)
      let scalarClass = table.scalarClass(scalar)
      guard scalarClass == .unspaced || scalarClass == .unspacedMark || scalarClass == .ignored else { break }
      if scalarClass == .unspaced { starts.append(name.count) }
      if scalarClass != .ignored { appendFolded(scalar) }
      index += count
      // Text without an end, or a character with marks without end, is cut.
      if starts.count >= 256 || name.count >= 4096 { break }
    }
    starts.append(name.count)
    name.withUnsafeBufferPointer { name in
      func emit(_ from: Int, _ to: Int, _ kind: LexicalTokenizer.Kind) {
        let term = UnsafeBufferPointer(rebasing: name[starts[from]..<starts[to]])
        self.emit(UnsafeBufferPointer(rebasing: term[..<Self.cut(term)]), kind)
      }
      let count = starts.count - 1
      for start in 0..<count {
        emit(start, start + 1, count == 1 ? .word : .character)
        if start + 2 <= count { emit(start, start + 2, .pair) }
      }
    }
  }
}
