/// Tells prose within blocks that are meant for code: comments, and texts that somebody has put there.
enum ProseLines {
  /// Words that sentences hold and commands hardly do.
  static let words: Set<String> = [
    "the", "a", "an", "is", "are", "was", "were", "and", "or", "of", "that", "which", "with", "you", "your",
    "it", "to", "can", "will", "has", "have", "be", "by", "as", "this",
  ]

  /// Whether lines of a paragraph are a comment, or a text without any that ends as sentences do; in both, every sixth word
  /// at least is one of those that prose is full of.
  static func areProse(_ lines: [Range<Int>], in utf8: [UInt8]) -> Bool {
    let texts = lines.map { uncommented(utf8[$0]) }
    let comments = zip(lines, texts).count { $0.count > $1.count }
    guard let last = texts.last?.last,
      comments == lines.count || comments == 0 && ".!?".utf8.contains(last)
    else { return false }
    let tokens = texts.flatMap { $0.split(separator: 0x20) }
    guard tokens.count >= fewest else { return false }
    let known = tokens.count { words.contains(String(decoding: $0, as: UTF8.self).lowercased()) }
    let signs = texts.joined().count(where: codeSigns.contains)
    return known * 6 >= tokens.count && signs * 24 <= texts.reduce(0) { $0 + $1.count }
  }

  /// Fewest words that are taken for prose.
  private static let fewest = 5

  /// A line without the sign before a comment.
  private static func uncommented(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let sign = line.prefix { "#/*;-".utf8.contains($0) }
    let rest = line.dropFirst(sign.count)
    guard (1...3).contains(sign.count), rest.first == 0x20, !sign.elementsEqual("-".utf8) else { return line }
    return rest.dropFirst()
  }

  private static let codeSigns = ByteSet("{};=<>()[]_\\$")
}
