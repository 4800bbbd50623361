import Testing

@testable import Retrieval

@Suite struct PDFTextTests {
  private func line(
    _ text: String, left: Double = 72, top: Double, width: Double? = nil, height: Double = 11, block: Int = 1
  ) -> PDFLine {
    let width = width ?? Double(text.count) * 5
    return PDFLine(
      text: text, left: left, top: top, right: left + width, bottom: top + height, height: height,
      block: block)
  }

  @Test(arguments: [
    ("1 Introduction", 1), ("2.7 See Also", 2), ("3.1.2. Deep", 3), ("Chapter 4", 1), ("CHAPTER FIVE", 1),
    ("Chapter Twenty-One Ends", 1),
    ("Appendix B Terms", 1), ("A.1 Terms", 2), ("Introduction", nil), ("2024 was good", nil),
    ("1.2.3.4.5.6.7 x", nil),
    ("1", nil), ("A plain line", nil), ("3 × 4", nil), ("Section", nil), ("1.5kg of it", nil),
  ])
  func `section numbers tell the depth`(text: String, depth: Int?) {
    #expect(HeadingShape.depth(text) == depth)
  }

  @Test(arguments: [
    ("2.7 See Also", true), ("REFERENCES", true), ("Related Work", true), ("The Art of the State", true),
    ("1 apple", false), ("Related work on this", false), ("A sentence ends here.", false), ("x", false),
    ("12 34 56", false), ("Introduction", false), ("Contents ........ 3", false),
  ])
  func `headings of the text's own size are told with care`(text: String, expected: Bool) {
    #expect(HeadingShape.isPlausible(text) == expected)
  }

  @Test func `a paragraph over thousands of pages takes time by its length`() {
    func seconds(_ pages: Int) -> Double {
      let pages = (1...pages).map { number in
        PDFPage(
          number: number, height: 800,
          lines: (0..<12).map {
            line("words of a list without an end, as long as a line of a page", top: 100 + 12 * Double($0))
          })
      }
      let start = ContinuousClock.now
      let document = PDFAssembler(pages).document(title: nil)
      #expect(document.text.hasSuffix("page\n"))
      return (ContinuousClock.now - start) / .seconds(1)
    }
    let short = seconds(150)
    #expect(seconds(1200) < 24 * short + 0.5, "8 times the pages, after \(short) s")
  }

  @Test(arguments: [
    ("the con-", "troller runs", "the controller runs"), ("a well-", "known fact", "a well-known fact"),
    ("soft\u{AD}", "ware", "software"), ("in Baden-", "Baden", "in Baden-Baden"),
    ("pages 3-", "5 of", "pages 3- 5 of"), ("the PX-", "40A pump", "the PX-40A pump"),
    ("one cross-", "country run", "one cross-country run"),
    ("plain", "words", "plain words"), ("a dash -", "then", "a dash - then"),
  ])
  func `words divided at line ends are closed`(first: String, second: String, expected: String) {
    let page = PDFPage(
      number: 1, height: 800, lines: [line("this is a well-known word to cross country with here", top: 10)])
    var text = first
    Hyphenation([page]).append(second, to: &text)
    #expect(text == expected)
  }

  @Test(arguments: [
    ("Page 3 of 12", "page # of #"), ("– 17 –", "#"), ("xiv", "#"),
    ("Chapter 2: Roadmap", "chapter #: roadmap"),
    ("civil", "#"), ("Mixed 4x4", "mixed #x#"),
  ])
  func `running lines are compared without numbers`(text: String, key: String) {
    #expect(PDFFurniture.key(text) == key)
  }

  @Test func `running heads go, also where chapters change, and text at the same height stays`() {
    let animals = [
      "ants", "bees", "cats", "dogs", "eels", "foxes", "gnats", "hens", "ibises", "jays", "kites", "larks",
    ]
    var pages = (1...12).map { number in
      PDFPage(
        number: number, height: 800,
        lines: [
          line(number < 7 ? "First Part" : "Second Part", top: 30, height: 9),
          line("Text about \(animals[number - 1]) begins at the same height", top: 60),
          line("and \(animals[number - 1]) go on in the next line", top: 73),
          line("\(number)", top: 770, height: 9),
        ])
    }
    // A chapter's first page has no running head but a large title.
    pages[6].lines[0] = line("Chapter 7", top: 30, height: 24)
    PDFFurniture.remove(from: &pages, bodyHeight: 11)
    #expect(pages.map { $0.lines.count } == [2, 2, 2, 2, 2, 2, 3, 2, 2, 2, 2, 2])
    #expect(pages[6].lines[0].text == "Chapter 7")
  }

  @Test func `what a browser prints around a page goes, of a single page too`() {
    let text = (0..<9).map { line("Text of the page, line \($0)", top: 28 + 14 * Double($0), height: 12) }
    func page(_ number: Int, of count: Int) -> PDFPage {
      PDFPage(
        number: number, height: 800,
        lines: [
          line("11/23/26, 2:31 PM", top: 15, height: 9), line("Leave policy", left: 300, top: 15, height: 9),
        ] + text
          + [
            line("https://example.org/leave.html", top: 780, height: 9),
            line("\(number)/\(count)", left: 500, top: 780, height: 9),
          ])
    }
    var pages = (1...4).map { page($0, of: 4) }
    PDFFurniture.remove(from: &pages, bodyHeight: 12)
    #expect(pages.allSatisfy { $0.lines == text })
    var single = [page(1, of: 1)]
    PDFFurniture.remove(from: &single, bodyHeight: 12)
    #expect(single[0].lines == text)
  }

  @Test(arguments: [(13.0, 1), (17.0, 3), (22.0, 3)])
  func `lines of a paragraph are one, however far apart they stand`(spacing: Double, block: Int) {
    // From some distance on, poppler makes each line a block of its own.
    var top = 60.0
    var lines: [PDFLine] = []
    for (index, paragraph) in [
      [
        "The rack server weighs 11.8 kg and draws at most",
        "350 W while it is busy and about a third of that", "when idle.",
      ],
      ["Green means that all is well and that nothing needs", "to be done by anybody for now."],
      ["Amber means that a fan has failed."],
    ].enumerated() {
      for (line, text) in paragraph.enumerated() {
        lines.append(self.line(text, top: top, block: block == 1 ? index : index * 10 + line))
        top += spacing
      }
      top += spacing * 0.6
    }
    let page = PDFPage(number: 1, height: 800, lines: lines)
    let document = PDFAssembler([page]).document(title: nil)
    #expect(
      document.text
        == "The rack server weighs 11.8 kg and draws at most 350 W while it is busy and about a third of that when idle."
        + "\n\nGreen means that all is well and that nothing needs to be done by anybody for now."
        + "\n\nAmber means that a fan has failed.\n")
  }

  @Test func `pages that say the same throughout keep their text`() {
    var pages = (1...5).map { number in
      PDFPage(
        number: number, height: 800,
        lines: (0..<6).map { line("Form line \($0)", top: 40 + 20 * Double($0)) })
    }
    PDFFurniture.remove(from: &pages, bodyHeight: 11)
    #expect(pages.allSatisfy { $0.lines.count >= 3 })
  }

  @Test func `the layout table is read however it is cut`() throws {
    let table = """
      level\tpage_num\tpar_num\tblock_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
      1\t1\t0\t0\t0\t0\t0.000000\t0.000000\t612.000000\t792.000000\t-1\t###PAGE###
      3\t1\t0\t0\t0\t0\t72.0\t70.0\t60.0\t12.0\t-1\t###FLOW###
      4\t1\t0\t0\t0\t0\t72.0\t70.0\t60.0\t12.0\t-1\t###LINE###
      5\t1\t0\t0\t0\t0\t72.00\t70.00\t20.00\t12.00\t100\tThe
      5\t1\t0\t0\t0\t1\t95.00\t70.00\t20.00\t12.00\t100\t\u{FB01}rst
      5\t1\t0\t0\t0\t2\t115.50\t70.00\t20.00\t12.00\t100\tly
      broken
      1\t2\t0\t0\t0\t0\t0.0\t0.0\t1.0\tx\t-1\t###PAGE###

      """
    for size in [1, 7, 5000] {
      var reader = PDFLayoutReader(limit: 100)
      var rest = Array(table.utf8)[...]
      while !rest.isEmpty {
        try Array(rest.prefix(size)).withUnsafeBytes { try reader.receive($0) }
        rest = rest.dropFirst(size)
      }
      reader.finish()
      #expect(reader.pages.map(\.number) == [1, 2])
      #expect(reader.pages.map(\.height) == [792, 0])
      #expect(reader.pages[0].lines.map(\.text) == ["The firstly"])
      #expect(reader.pages[0].lines[0].height == 12)
    }
  }

  /// A page with a title across it and two columns of two paragraphs each, in the order of `blocks`: their top, column
  /// and number of lines.
  private func page(_ blocks: [(top: Double, column: Int, lines: Int)], width: Double = 200) -> PDFPage {
    var lines = [line("Title", top: 40, width: 430)]
    for (number, block) in blocks.enumerated() {
      for row in 0..<block.lines {
        lines.append(
          line(
            "\(number).\(row)", left: 72 + Double(block.column) * 230, top: block.top + Double(row) * 12,
            width: width - Double(row), block: number + 2))
      }
    }
    return PDFPage(number: 1, height: 800, lines: lines)
  }

  @Test func `columns that poppler mixes are read one after the other`() {
    // Left: 1, 3; right: 0, 2.
    var pages = [page([(100, 1, 4), (110, 0, 4), (160, 1, 4), (170, 0, 4)])]
    PDFColumns.order(&pages)
    let paragraphs = pages[0].lines.map { String($0.text.prefix { $0 != "." }) }
    #expect(paragraphs == ["Title"] + [1, 3, 0, 2].flatMap { Array(repeating: "\($0)", count: 4) })
  }

  @Test func `columns are read band by band between lines that run across them`() {
    var mixed = page([(100, 1, 6), (110, 0, 6), (300, 1, 6), (310, 0, 6)])
    mixed.lines.append(line("Part two", top: 250, width: 430))
    // It fills the gutter and is too little to close it.
    mixed.lines.append(line("12", left: 272, top: 760, width: 30))
    var pages = [mixed]
    PDFColumns.order(&pages)
    let order = pages[0].lines.filter { !$0.text.hasSuffix(".1") && $0.text.count < 9 }.map(\.text)
      .filter { !$0.contains(".") || $0.hasSuffix(".0") }
    #expect(order == ["Title", "1.0", "0.0", "Part two", "3.0", "2.0", "12"])
  }

  @Test func `rows of a table and columns that are in order stay as they are`() {
    let cells = (0..<12).map { (top: 100 + Double($0 / 2) * 40, column: $0 % 2, lines: 2) }
    let columns: [(top: Double, column: Int, lines: Int)] = [
      (100, 0, 9), (220, 0, 9), (100, 1, 9), (220, 1, 9),
    ]
    // Terms beside explanations: what is narrow is no column of prose.
    var terms = page([(100, 1, 9), (110, 0, 3), (220, 1, 9), (230, 0, 3)])
    for index in terms.lines.indices where terms.lines[index].left < 100 {
      terms.lines[index].right = 72 + (index % 2 == 0 ? 30 : 190)
    }
    for before in [page(cells), page(columns), terms] {
      var pages = [before]
      PDFColumns.order(&pages)
      #expect(pages[0].lines == before.lines)
    }
  }

  @Test func `a column of prose may hold a table and headings`() {
    var mixed = page([(100, 1, 6), (110, 0, 12), (260, 1, 6), (260, 0, 6)])
    for index in mixed.lines.indices where mixed.lines[index].text.contains(".") {
      mixed.lines[index].text += " of the prose, with words enough for a line"
    }
    let cells = (0..<7).flatMap { row in
      [72.0, 150, 210].map { line("cell", left: $0, top: 420 + 14 * Double(row), width: 30) }
    }
    mixed.lines += cells
    var pages = [mixed]
    PDFColumns.order(&pages)
    let paragraphs = pages[0].lines.map { String($0.text.prefix { $0 != "." }) }
    var expected = ["Title"]
    expected += [String](repeating: "1", count: 12) + [String](repeating: "3", count: 6)
    expected += [String](repeating: "cell", count: 21)
    expected += [String](repeating: "0", count: 6) + [String](repeating: "2", count: 6)
    #expect(paragraphs == expected)
  }

  @Test func `what is left of a head and a foot stands around the text`() {
    let foot = line("Internal", top: 770, height: 8)
    let head = line("Garden rules", top: 30, height: 8)
    let text = (0..<5).map { line("Text of the page, line \($0)", top: 100 + 14 * Double($0)) }
    var pages = [PDFPage(number: 1, height: 800, lines: Array(text[..<3]) + [foot, head] + text[3...])]
    PDFFurniture.order(&pages, bodyHeight: 11)
    #expect(pages[0].lines == [head] + text + [foot])
    let note = line("1 A note", top: 730, height: 8)
    var noted = [PDFPage(number: 1, height: 800, lines: [note, line("Text beside it", left: 300, top: 728)])]
    PDFFurniture.order(&noted, bodyHeight: 11)
    #expect(noted[0].lines[0] == note)
  }

  @Test(arguments: ["Page 1", "Seite 1 von 1", "Page 2 / 7", "– 3 –"])
  func `a page's number goes from a single page`(number: String) {
    let text = (0..<5).map { line("Text of the page, line \($0)", top: 100 + 14 * Double($0)) }
    var pages = [
      PDFPage(number: 1, height: 800, lines: text + [line(number, left: 300, top: 770, height: 8)])
    ]
    PDFFurniture.remove(from: &pages, bodyHeight: 11)
    #expect(pages[0].lines == text)
  }

  /// A line of words with boxes of 5 points a character, a space of `space` points between two.
  private func spaced(_ text: String, left: Double = 72, top: Double, space: Double = 3, block: Int = 1)
    -> PDFLine
  {
    var x = left
    var words: [PDFWord] = []
    for word in text.split(separator: " ").map({ String($0) }) {
      words.append(PDFWord(left: x, top: top, width: 5 * Double(word.count), height: 11, text: word))
      x += 5 * Double(word.count) + space
    }
    return PDFLine(words, block: block)
  }

  @Test func `a line that was stretched to its margins is one`() {
    // 5 points a character and 3 a space: the full line ends at 72 + 38 * 5 + 6 * 3 = 280.
    let full = spaced("Watering is done every other morning early.", top: 100)
    let width = full.right - 72
    let words = ["The", "gardener", "waters"]
    let space = (width - 85) / 2
    var x = 72.0
    let parts = words.map { word in
      defer { x += 5 * Double(word.count) + space }
      return spaced(word, left: x, top: 113)
    }
    var pages = [
      PDFPage(
        number: 1, height: 800, lines: [full, parts[0], parts[1], spaced("daily.", top: 126), parts[2]])
    ]
    PDFJustification.join(&pages)
    #expect(pages[0].lines.map(\.text) == [full.text, "The gardener waters", "daily."])
    // Cells have spaces of their own, and end where they end.
    let cells = [
      spaced("Leek", top: 113), spaced("12", left: 150, top: 113), spaced("north", left: 200, top: 113),
    ]
    var table = [PDFPage(number: 1, height: 800, lines: [full] + cells)]
    PDFJustification.join(&table)
    #expect(table[0].lines == [full] + cells)
  }
}
