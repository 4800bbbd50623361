/// One pass over a text: normalizes, splits into words and looks their pieces up.
struct WordPieceScanner {
  private let splitter: WordPieceSplitter
  private let characters: CharacterTable
  private let vocabulary: Vocabulary
  private let text: UnsafeBufferPointer<UInt8>
  private let word: UnsafeMutableBufferPointer<UInt8>
  private let limit: Int
  private var position = 0
  /// Bytes and characters of the word so far; bytes stop at the longest word's.
  private var length = 0
  private var characterCount = 0
  /// Marks that wait to be put into canonical order.
  private var pending: [UInt32] = []
  var ids: [Int32] = []

  init(
    splitter: WordPieceSplitter, text: UnsafeBufferPointer<UInt8>, word: UnsafeMutableBufferPointer<UInt8>,
    limit: Int
  ) {
    self.splitter = splitter
    characters = splitter.characters
    vocabulary = splitter.vocabulary
    self.text = text
    self.word = word
    self.limit = limit
  }

  /// Scans to the end of the text, or until there are `limit` ids; the last word may exceed it.
  mutating func run() {
    while position < text.count, ids.count < limit {
      let byte = text[position]
      if splitter.addedTokens.canStart(with: byte),
        let token = splitter.addedTokens.match(in: text, at: position)
      {
        finishWord()
        ids.append(token.id)
        position += token.text.utf8.count
      } else if byte < 0x80 {
        position += 1
        take(UInt32(byte), characters.entry(UInt32(byte)))
      } else {
        let code = nextScalar(byte)
        take(code, characters.entry(code))
      }
    }
    finishWord()
  }

  /// Decodes the scalar that starts with `byte`; the text is valid UTF-8, being a Swift string's.
  private mutating func nextScalar(_ byte: UInt8) -> UInt32 {
    let count = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    var code = UInt32(byte) & (0x7F >> UInt32(count))
    for i in 1..<count where position + i < text.count {
      code = code << 6 | UInt32(text[position + i] & 0x3F)
    }
    position += count
    return code
  }

  @inline(__always)
  private mutating func take(_ code: UInt32, _ entry: CharacterTable.Entry) {
    if entry.bits < CharacterTable.Entry.removed.bits {
      if !pending.isEmpty { flushMarks() }
      append(entry.scalar)
    } else {
      takeFlagged(code, entry)
    }
  }

  private mutating func takeFlagged(_ code: UInt32, _ entry: CharacterTable.Entry) {
    if entry.contains(.removed) { return }
    if entry.contains(.space) { return finishWord() }
    let isIdeograph = entry.contains(.ideograph)
    if isIdeograph { finishWord() }
    if entry.contains(.special) {
      for part in characters.replacement(of: code) { takePart(part) }
    } else {
      takeMapped(entry)
    }
    if isIdeograph { finishWord() }
  }

  /// Takes one character of a decomposition.
  private mutating func takePart(_ part: UInt32) {
    if characters.options.stripAccents, let scalar = Unicode.Scalar(part),
      scalar.properties.canonicalCombiningClass != .notReordered
    {
      if !characters.entry(part).contains(.removed) { pending.append(part) }
      return
    }
    let entry = characters.entry(part)
    if !entry.contains(.removed) { takeMapped(entry) }
  }

  private mutating func takeMapped(_ entry: CharacterTable.Entry) {
    if !pending.isEmpty { flushMarks() }
    if entry.contains(.punctuation) {
      finishWord()
      append(entry.scalar)
      finishWord()
    } else {
      append(entry.scalar)
    }
  }

  /// Appends the waiting marks by rising combining class, equal ones as they came (UAX #15).
  private mutating func flushMarks() {
    let marks = pending.enumerated().map { index, code in
      (Unicode.Scalar(code)?.properties.canonicalCombiningClass.rawValue ?? 0, index, code)
    }
    pending.removeAll()
    for mark in marks.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) { append(mark.2) }
  }

  @inline(__always)
  private mutating func append(_ code: UInt32) {
    characterCount += 1
    guard characterCount <= splitter.longestWord else { return }
    if code < 0x80 {
      word[length] = UInt8(truncatingIfNeeded: code)
      length += 1
    } else {
      appendUTF8(code)
    }
  }

  private mutating func appendUTF8(_ code: UInt32) {
    let count = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    let marker: UInt32 = count == 2 ? 0xC0 : count == 3 ? 0xE0 : 0xF0
    word[length] = UInt8(truncatingIfNeeded: marker | code >> UInt32(6 * (count - 1)))
    for i in 1..<count {
      word[length + i] = UInt8(truncatingIfNeeded: 0x80 | code >> UInt32(6 * (count - 1 - i)) & 0x3F)
    }
    length += count
  }

  /// Looks the collected word up, longest pieces first, and begins the next one.
  @inline(__always)
  private mutating func finishWord() {
    if !pending.isEmpty { flushMarks() }
    guard characterCount > 0 else { return }
    if characterCount > splitter.longestWord {
      ids.append(splitter.unknown)
    } else {
      appendPieces()
    }
    length = 0
    characterCount = 0
  }

  private mutating func appendPieces() {
    let word = UnsafeBufferPointer(rebasing: word[..<length])
    let first = ids.count
    var start = 0
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: length) { hashes in
      while start < word.count {
        let longest = min(word.count, start + vocabulary.longest)
        var hash = start == 0 ? Vocabulary.initialHash : Vocabulary.continuingHash
        for i in start..<longest {
          hash = Vocabulary.extend(hash, word[i])
          hashes[i] = hash
        }
        var end = longest
        var found: Int32?
        while end > start {
          found = vocabulary.id(of: UnsafeBufferPointer(rebasing: word[start..<end]), hash: hashes[end - 1])
          if found != nil { break }
          end -= 1
        }
        guard let found else {
          ids.removeLast(ids.count - first)
          ids.append(splitter.unknown)
          return
        }
        ids.append(found)
        start = end
      }
    }
  }
}
