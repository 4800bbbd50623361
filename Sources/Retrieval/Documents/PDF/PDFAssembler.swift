/// Puts a PDF's pages together into one document.
struct PDFAssembler {
  private var pieces: [PDFPiece] = []
  /// Index of the last piece that is no note at the foot of a page.
  private var lastText: Int?
  private let hasContents: Bool
  private let typography: PDFTypography

  init(_ pages: [PDFPage]) {
    var pages = pages
    PDFJustification.join(&pages)
    let bodyHeight = PDFTypography(pages).bodyHeight
    PDFFurniture.remove(from: &pages, bodyHeight: bodyHeight)
    PDFColumns.order(&pages)
    PDFFurniture.order(&pages, bodyHeight: bodyHeight)
    hasContents = PDFContents.remove(from: &pages)
    typography = PDFTypography(pages)
    let hyphenation = Hyphenation(pages)
    for page in pages {
      var reader = PDFPageReader(typography: typography, hyphenation: hyphenation)
      reader.read(page)
      for (index, piece) in reader.pieces.enumerated() {
        append(piece, isFirst: index == 0, hyphenation)
      }
    }
  }

  /// - Parameter title: the one among the file's properties, if it is worth showing.
  func document(title properties: String?) -> ParsedDocument {
    var builder = DocumentBuilder()
    let levels = headingLevels()
    builder.title = properties ?? firstPageTitle()
    for piece in pieces {
      builder.page = piece.page
      switch piece.kind {
      case .paragraph: builder.append(.paragraph, piece.text)
      case .listItem: builder.append(.listItem, piece.text)
      case .code: builder.append(.code, utf8: CodeMargin.added(to: piece.text.utf8))
      case .table: builder.append(.table, piece.text)
      case .heading(let height, let depth):
        builder.append(.heading(level: depth ?? levels[Self.size(height)] ?? 1), piece.text)
      }
    }
    if hasContents { builder.notes.append("table of contents left out") }
    return builder.build()
  }

  /// Appends a piece, or joins it to the paragraph that it continues at the top of the next page or column, after a
  /// sentence that has not ended, in small letters. Notes at the foot stay behind that paragraph.
  private mutating func append(_ piece: PDFPiece, isFirst: Bool, _ hyphenation: Hyphenation) {
    guard let index = lastText, piece.kind == .paragraph, !piece.isNote,
      isFirst || (index == pieces.count - 1 && piece.top < pieces[index].top),
      Self.isOpen(pieces[index]), piece.text.first?.isLowercase == true
    else {
      if !piece.isNote { lastText = pieces.count }
      pieces.append(piece)
      return
    }
    hyphenation.append(piece.text, to: &pieces[index].text)
  }

  /// Whether a piece is prose that ends within a sentence.
  private static func isOpen(_ piece: PDFPiece) -> Bool {
    guard piece.kind == .paragraph || piece.kind == .listItem, let last = piece.text.last else {
      return false
    }
    return !".:;!?”\")".contains(last) && !piece.text.dropFirst(30).isEmpty
  }

  /// Levels of headings without a section number, by their size: that of the numbered ones as large, else by rank.
  private func headingLevels() -> [Int: Int] {
    var depths: [Int: [Int: Int]] = [:]
    var pages: [Int: Set<Int>] = [:]
    for piece in pieces {
      guard case .heading(let height, let depth) = piece.kind else { continue }
      pages[Self.size(height), default: []].insert(piece.page)
      depths[Self.size(height), default: [:]][depth ?? 0, default: 0] += 1
    }
    var levels: [Int: Int] = [:]
    var level = 0
    for size in pages.keys.sorted(by: >) {
      let depth = depths[size]?.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
      if depth > 0 {
        level = depth
      } else if pages[size] != [1] {
        // What is set in this size on the first page alone is the document's title.
        level += 1
      }
      level = min(max(level, 1), 6)
      levels[size] = level
    }
    return levels
  }

  /// Sizes within half a point are one.
  private static func size(_ height: Double) -> Int { Int((height * 2).rounded()) }

  /// The largest heading of the first page, if it is clearly larger than the text.
  private func firstPageTitle() -> String? {
    var best: (height: Double, text: String)?
    for piece in pieces where piece.page == pieces.first?.page {
      guard case .heading(let height, _) = piece.kind, height > typography.bodyHeight * 1.25 else { continue }
      if height > (best?.height ?? 0) { best = (height, piece.text) }
    }
    return best?.text
  }
}
