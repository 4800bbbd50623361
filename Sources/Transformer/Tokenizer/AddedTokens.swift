/// Finds added tokens in a text: the first that occurs, and of several that start together the longest.
struct AddedTokens: Sendable {
  private let tokens: [AddedToken]
  private let starts: [Bool]

  let largestID: Int32

  init(_ tokens: [AddedToken]) {
    let sorted = tokens.filter { !$0.text.isEmpty }.sorted { $0.text.utf8.count > $1.text.utf8.count }
    var starts = [Bool](repeating: false, count: 256)
    for token in sorted { if let first = token.text.utf8.first { starts[Int(first)] = true } }
    self.tokens = sorted
    self.starts = starts
    largestID = sorted.reduce(0) { max($0, $1.id) }
  }

  var isEmpty: Bool { tokens.isEmpty }

  /// Whether some token starts with `byte`.
  @inline(__always)
  func canStart(with byte: UInt8) -> Bool { starts[Int(byte)] }

  /// The token that stands at `position`, if one does.
  func match(in text: UnsafeBufferPointer<UInt8>, at position: Int) -> AddedToken? {
    guard let token = longest(in: text, at: position), standsFree(token, in: text, at: position) else {
      return nil
    }
    return token
  }

  /// The first token from `start` on, with the white space that it takes.
  func next(
    in text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (id: Int32, range: Range<Int>)? {
    var position = start
    while position < text.count {
      guard canStart(with: text[position]), let token = longest(in: text, at: position) else {
        position += 1
        continue
      }
      let end = position + token.text.utf8.count
      guard standsFree(token, in: text, at: position) else {
        position = end
        continue
      }
      let first = token.takesSpaceBefore ? max(start, WhiteSpace.start(before: position, in: text)) : position
      return (token.id, first..<(token.takesSpaceAfter ? WhiteSpace.end(after: end, in: text) : end))
    }
    return nil
  }

  private func longest(in text: UnsafeBufferPointer<UInt8>, at position: Int) -> AddedToken? {
    tokens.first { token in
      var index = position
      for byte in token.text.utf8 {
        guard index < text.count, text[index] == byte else { return false }
        index += 1
      }
      return true
    }
  }

  private func standsFree(
    _ token: AddedToken, in text: UnsafeBufferPointer<UInt8>, at position: Int
  ) -> Bool {
    guard token.isSingleWord else { return true }
    let before = String(decoding: text[..<position].suffix(4), as: UTF8.self).unicodeScalars.last
    let after = String(decoding: text[(position + token.text.utf8.count)...].prefix(4), as: UTF8.self)
      .unicodeScalars.first
    return !isWordPart(before) && !isWordPart(after)
  }

  /// A letter, mark, decimal digit or connector, as `\w` in regular expressions.
  private func isWordPart(_ scalar: Unicode.Scalar?) -> Bool {
    guard let properties = scalar?.properties else { return false }
    switch properties.generalCategory {
    case .decimalNumber, .connectorPunctuation, .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return properties.isAlphabetic || properties.isJoinControl
    }
  }
}
