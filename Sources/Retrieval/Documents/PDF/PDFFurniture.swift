/// Finds running heads, running feet and page numbers: what stands at the same height of many pages and says the
/// same thing apart from its numbers.
struct PDFFurniture {
  /// Head and foot each lie within this share of the page.
  private static let zone = 0.13
  /// And this share for what stands on one page in five and more.
  private static let wideZone = 0.15
  /// Lines as high as each other, in points.
  private static let tolerance = 3.0

  private struct Candidate {
    let page: Int
    let line: Int
    let key: String
    /// Height on the page in steps of the tolerance.
    let band: Int
    /// Beyond the zone that a few repetitions are enough in.
    let isFar: Bool
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
    var repeated: [Int: Set<Int>] = [:]
    for candidate in repeating(candidates, pages: pages.count) {
      repeated[candidate.page, default: []].insert(candidate.line)
    }
    for (index, lines) in repeated {
      let doomed = outermost(lines, of: pages[index].lines, bodyHeight)
      pages[index].lines = pages[index].lines.indices.filter { !doomed.contains($0) }.map {
        pages[index].lines[$0]
      }
    }
  }

  private static func candidates(_ page: PDFPage, _ index: Int, _ bodyHeight: Double) -> [Candidate] {
    page.lines.enumerated().compactMap { number, line in
      let isAtEdge = line.bottom < page.height * wideZone || line.top > page.height * (1 - wideZone)
      guard isAtEdge, line.height < bodyHeight * 1.2 else { return nil }
      let isFar = line.bottom >= page.height * zone && line.top <= page.height * (1 - zone)
      return Candidate(
        page: index, line: number, key: key(line.text), band: Int(line.top / tolerance), isFar: isFar)
    }
  }

  /// The lines whose words return at their height, and others at a height where nearly all do.
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
    let printed = Set(candidates.filter { isTime($0.key) }.map { Place(key: "\($0.page)", band: $0.band) })
    return candidates.filter { candidate in
      // The title stands beside the time.
      if printed.contains(Place(key: "\(candidate.page)", band: candidate.band)) { return true }
      if candidate.isFar { return repetitions(candidate) * 5 >= max(pages, 15) }
      let band = bands[candidate.band] ?? (0, 0)
      let isBand = band.repeated >= 3 && Double(band.repeated) > 0.6 * Double(band.all)
      // A short document cannot repeat much; a lone number at its foot is a page number all the same, as is what
      // browsers print around a page.
      let needed = min(3, max(isOwn(candidate.key) ? 1 : 2, pages))
      return isBand || repetitions(candidate) >= needed
    }
  }

  /// Whether a line at the edge needs no other like it: a page's number, or the time or the address at which a browser
  /// printed it.
  private static func isOwn(_ key: String) -> Bool {
    pageNumbers.contains(key) || isTime(key)
      || (!key.contains(" ") && ["http://", "https://", "file:///"].contains { key.hasPrefix($0) })
  }

  private static let pageNumbers: Set<String> = [
    "#", "#/#", "# / #", "# of #", "# von #", "# sur #", "page #", "page # of #", "page #/#", "page # / #",
    "page # sur #", "seite #", "seite # von #", "seite #/#", "seite # / #", "p. #", "s. #",
  ]

  private static func isTime(_ key: String) -> Bool {
    ["#/#/#, #:#", "#.#.#, #:#", "#/#/#, #:# am", "#/#/#, #:# pm"].contains(key)
  }

  /// Those of the repeated lines that nothing else stands outside of, up to a gap before the text. Lines set smaller than
  /// the text need none.
  private static func outermost(
    _ repeated: Set<Int>, of lines: [PDFLine], _ bodyHeight: Double
  ) -> Set<Int> {
    func least(_ outer: PDFLine) -> Double { outer.height < 0.9 * bodyHeight ? 0 : 0.4 * outer.height }
    // Of lines beside each other those that are repeated stand outside: a page's number beside what it alone says.
    func rank(_ line: Int) -> Int { repeated.contains(line) ? 0 : 1 }
    func step(_ height: Double) -> Double { (height / tolerance).rounded() }
    let downwards = lines.indices.sorted { (step(lines[$0].top), rank($0)) < (step(lines[$1].top), rank($1)) }
    let upwards = lines.indices.sorted {
      (-step(lines[$0].bottom), rank($0)) < (-step(lines[$1].bottom), rank($1))
    }
    func areBeside(_ first: Int, _ second: Int) -> Bool {
      abs(lines[first].bottom - lines[second].bottom) < tolerance
        && (lines[first].right < lines[second].left || lines[second].right < lines[first].left)
    }
    let head = prefix(downwards, repeated) { inner, outer in
      lines[inner].top - lines[outer].bottom > least(lines[outer]) || areBeside(inner, outer)
    }
    let foot = prefix(upwards, repeated) { inner, outer in
      lines[outer].top - lines[inner].bottom > least(lines[outer]) || areBeside(inner, outer)
    }
    return Set(head + foot)
  }

  /// The longest run of repeated lines from the page's edge that ends at a gap. Forms repeat their text too: three
  /// lines at most are taken for a head or foot.
  private static func prefix(
    _ order: [Int], _ repeated: Set<Int>, isGap: (_ inner: Int, _ outer: Int) -> Bool
  ) -> ArraySlice<Int> {
    var end = min(3, order.firstIndex { !repeated.contains($0) } ?? order.count)
    while end > 0, end < order.count, !isGap(order[end], order[end - 1]) { end -= 1 }
    return order[..<end]
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
