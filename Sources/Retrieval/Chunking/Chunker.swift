import Models

/// Cuts documents into chunks along their structure.
///
/// A chunk never spans two top-level sections, holds whole sentences, and keeps tables and code together
/// where they fit. Sections longer than a chunk are cut into parts of about equal size.
public struct Chunker: Sendable {
  /// Changes whenever the same document would be cut differently.
  static let revision = 2

  public let options: ChunkingOptions
  private let tokens: any TokenCounter

  public init(options: ChunkingOptions = ChunkingOptions(), tokens: any TokenCounter) {
    self.options = options
    self.tokens = tokens
  }

  /// Chunks of `document` in its order. They depend on nothing but the document, so that a file that is moved or
  /// renamed gives the same texts.
  public func chunks(of document: ParsedDocument) -> [Chunk] {
    let utf8 = Array(document.text.utf8)
    let title = TitleText.shortened(Array((document.title ?? "").utf8)[...])
    let cutter = PieceCutter(utf8: utf8, tokens: tokens)
    let offsets = CodePointOffsets(utf8)
    let sections = joined(Section.sections(of: document, utf8: utf8), document, cutter)
    var chunks: [Chunk] = []
    for section in sections {
      let path = section.path.first == title ? Array(section.path.dropFirst()) : section.path
      let heading = ([title] + path).filter { !$0.isEmpty }.joined(separator: " > ")
      let header = fittedHeader(heading)
      let budget = max(8, min(options.target, tokens.window - options.reserve) - tokens.count(header))
      let pieces = section.blocks.flatMap { index in
        cutter.pieces(of: document.blocks[index], index: index, budget: budget)
      }
      // A chunk that begins within a definition or below a marked place is nearer to that than to the heading.
      var (next, nearest) = (section.blocks[...], section.anchor)
      for group in packed(pieces, budget: budget) {
        guard let first = group.first, let last = group.last else { continue }
        while let block = next.first, block <= first.block {
          nearest = anchor(document.blocks[block].anchor) ?? nearest
          next = next.dropFirst()
        }
        let range = first.range.lowerBound..<last.range.upperBound
        var chunkHeader = header
        // A token rarely has more than 16 bytes; counting a long row for each chunk would take too long.
        if let row = first.tableHeader, row.count <= options.target * 16,
          tokens.count(header) + cutter.count(row) <= options.target / 2
        {
          chunkHeader += (header.isEmpty ? "" : "\n") + String(decoding: utf8[row], as: UTF8.self)
        }
        var chunk = Chunk(
          ordinal: chunks.count, range: offsets[range], text: String(decoding: utf8[range], as: UTF8.self),
          headingPath: path, header: chunkHeader, page: document.blocks[first.block].page,
          anchor: anchor(nearest), tokens: 0)
        chunk.tokens = tokens.count(chunk.embeddedText)
        if chunk.tokens > tokens.window, chunkHeader != header {
          chunk.header = header
          chunk.tokens = tokens.count(chunk.embeddedText)
        }
        chunks.append(chunk)
      }
    }
    return chunks
  }

  /// Nil for one that is longer than names of places are: it would be stored with every chunk.
  private func anchor(_ name: String?) -> String? {
    name.flatMap { $0.utf8.count <= TitleText.longest ? $0 : nil }
  }

  /// The header cut to a third of a chunk, whole words from its end: the innermost headings say most.
  private func fittedHeader(_ heading: String) -> String {
    let limit = min(options.target, tokens.window) / 3
    guard tokens.count(heading) > limit else { return heading }
    var words = heading.split(separator: " ").suffix(limit)
    while words.count > 1, tokens.count(words.joined(separator: " ")) > limit {
      words = words.dropFirst()
    }
    let shortened = words.joined(separator: " ")
    return tokens.count(shortened) <= limit ? shortened : ""
  }

  /// Joins small sections with the next ones under the same top-level section, so that a list of short
  /// subsections does not become a list of tiny chunks.
  private func joined(_ sections: [Section], _ document: ParsedDocument, _ cutter: PieceCutter) -> [Section] {
    func size(_ section: Section) -> Int {
      section.blocks.reduce(0) { $0 + cutter.count(document.blocks[$1].range) }
    }
    var result: [Section] = []
    var previousSize = 0
    for section in sections {
      let own = size(section)
      if let previous = result.last, previous.topLevel == section.topLevel, let last = previous.blocks.last,
        let first = section.blocks.first, min(previousSize, own) < options.minimum,
        previousSize + own <= options.target * 3 / 4
      {
        let common = zip(previous.path, section.path).prefix { $0 == $1 }.map(\.0)
        let lost = headings(above: previous, document, limit: previous.path.count - common.count)
        result[result.count - 1].path = common
        result[result.count - 1].blocks.insert(contentsOf: lost, at: 0)
        // The headings between the two become part of the text.
        result[result.count - 1].blocks += Array(last + 1..<first) + section.blocks
        previousSize += own
      } else {
        result.append(section)
        previousSize = own
      }
    }
    return result
  }

  /// The headings right above a section, at most `limit`, that no heading path will hold any more.
  private func headings(above section: Section, _ document: ParsedDocument, limit: Int) -> Range<Int> {
    guard let first = section.blocks.first else { return 0..<0 }
    var start = first
    while start > 0, first - start < limit, case .heading = document.blocks[start - 1].kind { start -= 1 }
    return start..<first
  }

  /// Groups pieces into chunks of about equal size, none above `budget` tokens, and repeats the last
  /// sentences of one at the start of the next.
  private func packed(_ pieces: [Piece], budget: Int) -> [ArraySlice<Piece>] {
    let total = pieces.reduce(0) { $0 + $1.tokens }
    let parts = max(1, (total + budget - 1) / budget)
    let aim = parts == 1 ? budget : min(budget, total / parts + budget / 10)
    var groups: [ArraySlice<Piece>] = []
    var start = 0
    var size = 0
    var fresh = 0
    for (index, piece) in pieces.enumerated() {
      let limit = fresh > 0 && size >= aim ? 0 : budget
      if fresh > 0, size + piece.tokens > limit || breaksBefore(piece, pieces[index - 1], size, aim) {
        groups.append(pieces[start..<index])
        start = index
        size = 0
        while start > 0, pieces[start - 1].overlaps, size + pieces[start - 1].tokens <= options.overlap,
          size + pieces[start - 1].tokens + piece.tokens <= budget, index - start < 3
        {
          start -= 1
          size += pieces[start].tokens
        }
        fresh = 0
      }
      size += piece.tokens
      fresh += 1
    }
    if fresh > 0 { groups.append(pieces[start...]) }
    return groups
  }

  /// A new block is a good place to end a chunk that is nearly full.
  private func breaksBefore(_ piece: Piece, _ previous: Piece, _ size: Int, _ aim: Int) -> Bool {
    piece.block != previous.block && size >= aim * 4 / 5
  }
}
