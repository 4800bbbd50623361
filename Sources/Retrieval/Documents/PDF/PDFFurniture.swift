/// Finds running heads, running feet and page numbers: what stands at the same height of many pages and says the
/// same thing apart from its numbers.
struct PDFFurniture {
  /// Head and foot each lie within this share of the page.
  private static let zone = 0.13
  /// Lines as high as each other, in points.
  private static let tolerance = 3.0

  private struct Candidate {
    let page: Int
    let line: Int
    let key: String
    /// Height on the page in steps of the tolerance.
    let band: Int
    /// Whether empty space divides it from the text.
    let isApart: Bool
  }

  private struct Place: Hashable {
    let key: String
    let band: Int
  }

  /// Removes them from the pages.
  ///
  /// - Parameter bodyHeight: height of the text's font. Larger lines are headings, also where each chapter has
  ///   one at the same place.
  static func remove(from pages: inout [PDFPage], bodyHeight: Double) {
    var candidates: [Candidate] = []
    for index in pages.indices { candidates += Self.candidates(pages[index], index, bodyHeight) }
    var doomed: [Int: Set<Int>] = [:]
    for candidate in repeating(candidates, pages: pages.count) {
      doomed[candidate.page, default: []].insert(candidate.line)
    }
    for (page, lines) in doomed {
      pages[page].lines = pages[page].lines.indices.filter { !lines.contains($0) }.map {
        pages[page].lines[$0]
      }
    }
  }

  private static func candidates(_ page: PDFPage, _ index: Int, _ bodyHeight: Double) -> [Candidate] {
    let byTop = page.lines.sorted { $0.top < $1.top }
    let byBottom = page.lines.sorted { $0.bottom > $1.bottom }
    return page.lines.indices.compactMap { lineIndex in
      let line = page.lines[lineIndex]
      let isHead = line.bottom < page.height * zone
      guard isHead || line.top > page.height * (1 - zone), line.height < bodyHeight * 1.2 else { return nil }
      let gap: Double =
        if isHead {
          (byTop.first { $0.top > line.top + tolerance }?.top ?? .infinity) - line.bottom
        } else {
          line.top - (byBottom.first { $0.bottom < line.bottom - tolerance }?.bottom ?? -.infinity)
        }
      return Candidate(
        page: index, line: lineIndex, key: key(line.text), band: Int(line.top / tolerance),
        isApart: gap > 0.4 * line.height)
    }
  }

  /// The lines to drop: those whose words return at their height, and others at a height where nearly all do.
  private static func repeating(_ candidates: [Candidate], pages: Int) -> [Candidate] {
    var counts: [Place: Int] = [:]
    for candidate in candidates { counts[Place(key: candidate.key, band: candidate.band), default: 0] += 1 }
    func repetitions(_ candidate: Candidate) -> Int {
      (-1...1).reduce(0) { $0 + (counts[Place(key: candidate.key, band: candidate.band + $1)] ?? 0) }
    }
    var bands: [Int: (all: Int, repeated: Int)] = [:]
    for candidate in candidates {
      bands[candidate.band, default: (0, 0)].all += 1
      if repetitions(candidate) > 1 { bands[candidate.band, default: (0, 0)].repeated += 1 }
    }
    return candidates.filter { candidate in
      let band = bands[candidate.band] ?? (0, 0)
      let isBand = band.repeated >= 3 && Double(band.repeated) > 0.6 * Double(band.all)
      // A short document cannot repeat much; a lone number at its foot is a page number all the same.
      let needed = candidate.key == "#" ? min(3, max(1, pages)) : min(3, max(2, pages))
      return candidate.isApart && (isBand || repetitions(candidate) >= needed)
    }
  }

  /// The line's words with every number, also a Roman one alone, as `#`.
  static func key(_ text: String) -> String {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace)
    if words.count == 1, words[0].allSatisfy({ "ivxlc".contains($0) }) { return "#" }
    var key = ""
    for character in words.joined(separator: " ") where !"-–—|·•".contains(character) {
      guard character.isNumber else {
        key.append(character)
        continue
      }
      if key.last != "#" { key.append("#") }
    }
    return Whitespace.collapsed(key)
  }
}
