/// What a Unigram model does to a text before it is split: a few steps, one after the other.
struct TextNormalizer: Sendable {
  enum Step: Sendable {
    case map(CharacterMap)
    /// Takes white space off the ends.
    case strip(left: Bool, right: Bool)
    /// Puts `with` in place of each `text`, from left to right.
    case replace(text: [UInt8], with: [UInt8])
    /// Puts `with` in place of two or more spaces.
    case replaceSpaces(with: [UInt8])
  }

  var steps: [Step] = []

  /// Replaces `output` by the normalized text.
  func normalize(_ text: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
    output.removeAll(keepingCapacity: true)
    guard let first = steps.first else { return output.append(contentsOf: text) }
    Self.apply(first, to: text, output: &output)
    for step in steps.dropFirst() {
      var next: [UInt8] = []
      next.reserveCapacity(output.count)
      output.withUnsafeBufferPointer { Self.apply(step, to: $0, output: &next) }
      output = next
    }
  }

  func normalize(_ text: String) -> [UInt8] {
    var output: [UInt8] = []
    Array(text.utf8).withUnsafeBufferPointer { normalize($0, into: &output) }
    return output
  }

  private static func apply(_ step: Step, to text: UnsafeBufferPointer<UInt8>, output: inout [UInt8]) {
    switch step {
    case .map(let map): map.append(text, to: &output)
    case .strip(let left, let right):
      let start = left ? WhiteSpace.end(after: 0, in: text) : 0
      let end = right ? max(start, WhiteSpace.start(before: text.count, in: text)) : text.count
      output.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
    case .replace(let old, let new):
      var position = 0
      while position < text.count {
        if text[position...].starts(with: old) {
          output.append(contentsOf: new)
          position += old.count
        } else {
          output.append(text[position])
          position += 1
        }
      }
    case .replaceSpaces(let new):
      let space = UInt8(ascii: " ")
      var position = 0
      while position < text.count {
        var end = position
        while end < text.count, text[end] == space { end += 1 }
        if end - position >= 2 {
          output.append(contentsOf: new)
        } else {
          end = position + 1
          output.append(text[position])
        }
        position = end
      }
    }
  }
}
