/// The block of title, authors and date that may open a text of Pandoc: up to three entries behind percent signs.
struct PandocTitle {
  let title: String
  /// The offset of the first byte after the block.
  let end: Int

  /// Nil if the text does not start with such a block.
  init?(of text: [UInt8]) {
    guard text.starts(with: "% ") else { return nil }
    var index = 0
    var title: [UInt8] = []
    var entries = 0
    while index < text.count, entries <= 3 {
      let line = text[index...].prefix { $0 != .lineFeed }
      let isEntry = line.first == UInt8(ascii: "%")
      // An entry goes on over lines that begin with white space.
      guard isEntry || !line.isBlank && line.first?.isASCIISpace == true else { break }
      if isEntry { entries += 1 }
      if entries == 1 {
        title += (title.isEmpty ? [] : [.space]) + line.drop { $0 == UInt8(ascii: "%") }.trimmedSpace
      }
      index = min(line.endIndex + 1, text.count)
    }
    // A comment in another language has more lines, or goes right on.
    guard entries <= 3, index == text.count || text[index...].prefix(while: { $0 != .lineFeed }).isBlank,
      !title.isEmpty
    else { return nil }
    self.title = title.string
    end = index
  }
}
