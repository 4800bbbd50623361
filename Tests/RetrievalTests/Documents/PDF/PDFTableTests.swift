import Processes
import TestSupport
import Testing

@testable import Retrieval

@Suite struct PDFTableTests {
  /// A line whose words have boxes of 5 points a character; more than one space between two leaves a gap of 5 points each.
  private func line(
    _ text: String, _ left: Double, _ top: Double, height: Double = 11, block: Int = 1
  ) -> PDFLine {
    var words: [PDFWord] = []
    var x = left
    for part in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !part.isEmpty {
        words.append(
          PDFWord(left: x, top: top, width: 5 * Double(part.count), height: height, text: String(part)))
      }
      x += 5 * Double(part.count) + 3
    }
    return PDFLine(words, block: block)
  }

  private func tables(_ lines: [PDFLine]) -> [String] { found(lines).map(\.text) }

  private func found(_ lines: [PDFLine]) -> [PDFTable] {
    let prose = (0..<9).map { line("words of the text that runs below", 72, 500 + 14 * Double($0)) }
    let page = PDFPage(number: 1, height: 800, lines: lines + prose)
    return PDFTableFinder(typography: PDFTypography([page]), hyphenation: Hyphenation([page])).tables(
      on: page)
  }

  @Test func `rows of cells make a table, a list does not`() {
    let rows = [
      line("Name", 72, 100), line("Value", 200, 100), line("Mass", 72, 114), line("80 kg with", 200, 114),
      line("battery", 200, 127), line("Sum", 72, 141), line("80", 210, 141),
      line("Text after the table", 72, 180),
    ]
    let table = found(rows).first
    #expect(table?.text == "Name | Value\nMass | 80 kg with battery\nSum | 80")
    #expect(table?.lines == Set(0..<7))
    let list = [
      line("•", 72, 100), line("one", 90, 100), line("•", 72, 114), line("two", 90, 114), line("3.", 72, 128),
      line("three", 90, 128),
    ]
    #expect(tables(list).isEmpty)
  }

  @Test func `numbers beside sentences are a list`() {
    let steps = [
      line("1", 72, 100), line("Open the shed with the key.", 110, 100), line("2", 72, 114),
      line("Take the spade and dig.", 110, 114), line("3", 72, 128), line("Clean it and lock up.", 110, 128),
    ]
    #expect(
      found(steps).first?.items == [
        "1. Open the shed with the key.", "2. Take the spade and dig.", "3. Clean it and lock up.",
      ])
    let ranks = [
      line("1", 72, 100), line("Leek", 110, 100), line("2", 72, 114), line("Kale", 110, 114),
      line("3", 72, 128),
      line("Chard", 110, 128),
    ]
    #expect(found(ranks).first?.items == nil)
  }

  @Test func `cells find their rows in whatever order poppler has them`() {
    let columns = [
      ("Function", "Arguments", "Returns"), ("abs(x)", "any", "length of x"),
      ("arg(x)", "complex", "phase of x"),
    ]
    let keys = columns.enumerated().map { line($1.0, 72, 100 + 14 * Double($0), block: 1) }
    let cells = columns.enumerated().flatMap { row, texts in
      [
        line(texts.1, 150, 100 + 14 * Double(row), block: 2),
        line(texts.2, 240, 100 + 14 * Double(row), block: 2),
      ]
    }
    let expected = "Function | Arguments | Returns\nabs(x) | any | length of x\narg(x) | complex | phase of x"
    #expect(tables(keys + cells) == [expected])
    #expect(tables(cells + keys) == [expected])
  }

  @Test func `a line of poppler's over two columns is cut between them`() {
    let rows = [
      line("Terrain", 72, 100), line("Steps   Time", 150, 100), line("Flat", 72, 114), line("12", 150, 114),
      line("11.4", 195, 114), line("Stairs", 72, 128), line("20", 150, 128), line("38.2", 195, 128),
      line("Rubble", 72, 142), line("31      84.0", 150, 142), line("Sand", 72, 156), line("7", 150, 156),
      line("9.9", 195, 156),
    ]
    #expect(
      tables(rows) == [
        "Terrain | Steps | Time\nFlat | 12 | 11.4\nStairs | 20 | 38.2\nRubble | 31 | 84.0\nSand | 7 | 9.9"
      ])
  }

  @Test func `lines of a cell are one where rows stand farther apart`() {
    let rows = [
      line("Leave", 72, 100), line("Who", 180, 100), line("How long", 330, 100),
      line("Parental leave", 72, 121), line("All employees with six", 180, 121),
      line("16 weeks, of which 12 are", 330, 121),
      line("months of service", 180, 134), line("fully paid", 330, 134),
      line("Leave of mourning", 72, 155), line("All employees", 180, 155),
      line("5 days for close family, 2", 330, 155),
      line("and farewell", 72, 168), line("days for others", 330, 168),
      line("Study leave", 72, 189), line("Students", 180, 189), line("10 days", 330, 189),
    ]
    #expect(
      tables(rows) == [
        """
        Leave | Who | How long
        Parental leave | All employees with six months of service | 16 weeks, of which 12 are fully paid
        Leave of mourning and farewell | All employees | 5 days for close family, 2 days for others
        Study leave | Students | 10 days
        """
      ])
  }

  @Test func `lines that no other cell has a first line beside belong to the row above`() {
    // Lines are equally far apart, as LaTeX sets them.
    let rows = [
      line("-b", 72, 100), line("causes backslash escapes in the argument", 130, 100),
      line("to be expanded as echo does", 130, 113), line("-q", 72, 126), line("quotes it", 130, 126),
      line("--long-option", 72, 139), line("does the same", 130, 152), line("-v", 72, 165),
      line("says more", 130, 165),
    ]
    #expect(
      tables(rows) == [
        """
        -b | causes backslash escapes in the argument to be expanded as echo does
        -q | quotes it
        --long-option | does the same
        -v | says more
        """
      ])
  }

  @Test func `cells at half the height of their rows get the lines above and below`() {
    let rows = [
      line("package", 72, 100), line("size", 170, 100), line("description", 240, 100),
      line("libc6", 72, 119), line("12977", 170, 119), line("GNU C Library: shared libraries that", 240, 113),
      line("also provide the name service", 240, 125), line("glibc-doc", 72, 138), line("3447", 170, 138),
      line("manual pages", 240, 138),
      line("libnss-ldapd", 72, 157), line("154", 170, 157),
      line("module for naming services, a new", 240, 151),
      line("fork of libnss-ldap", 240, 163),
    ]
    #expect(
      tables(rows) == [
        """
        package | size | description
        libc6 | 12977 | GNU C Library: shared libraries that also provide the name service
        glibc-doc | 3447 | manual pages
        libnss-ldapd | 154 | module for naming services, a new fork of libnss-ldap
        """
      ])
  }

  @Test func `two tables with other columns are two`() {
    let rows = [
      line("Invoice date", 72, 100), line("14 March", 200, 100), line("Customer", 72, 114),
      line("K-20931", 200, 114),
      line("Pos.", 72, 146), line("Article", 110, 146), line("Quantity", 230, 146), line("Amount", 300, 146),
      line("1", 72, 160), line("Cordless drill", 110, 160), line("2", 250, 160), line("378.00", 300, 160),
      line("2", 72, 174), line("Drill bit set", 110, 174), line("1", 250, 174), line("24.90", 300, 174),
    ]
    #expect(
      tables(rows) == [
        "Invoice date | 14 March\nCustomer | K-20931",
        "Pos. | Article | Quantity | Amount\n1 | Cordless drill | 2 | 378.00\n2 | Drill bit set | 1 | 24.90",
      ])
  }

  @Test func `prose in columns, equations and entries of an index are no tables`() {
    let prose = (0..<8).flatMap { row in
      [
        line("a line of the left column that is full", 72, 100 + 13 * Double(row)),
        line("and one of the right column beside it", 300, 100 + 13 * Double(row)),
      ]
    }
    let apart = (0..<8).flatMap { row in
      [line("term \(row)", 72, 100 + 13 * Double(row)), line("text of its own", 200, 106 + 13 * Double(row))]
    }
    let equations = (0..<3).flatMap { row in
      [line("a = b + \(row)", 150, 100 + 14 * Double(row)), line("(3.\(row))", 400, 100 + 14 * Double(row))]
    }
    let index = (0..<5).flatMap { row in
      [line("paper, \(row)", 72, 100 + 14 * Double(row)), line("size, 1\(row)", 300, 100 + 14 * Double(row))]
    }
    for lines in [prose, apart, equations, index] { #expect(tables(lines).isEmpty) }
  }

  @Test(.enabled(if: Launch.find("pdftotext") != nil))
  func `a table follows the text above it, whatever poppler has first`() throws {
    var pdf = PDFFixture()
    pdf.add(
      "The functions of the library are these, and more of them may be added by any later release.", y: 720)
    pdf.add("Table 1: Functions", y: 690)
    let rows = [
      ("Function", "Returns"), ("asinh(x)", "inverse hyperbolic sine"),
      ("besj0(x)", "Bessel function of x in radians"),
      ("ceil(x)", "smallest integer not less than x"), ("cos(x)", "cosine"), ("erf(x)", "error function"),
    ]
    for (index, row) in rows.enumerated() {
      pdf.add(row.0, y: 670 - 13 * Double(index))
      pdf.add(row.1, x: 260, y: 670 - 13 * Double(index))
    }
    pdf.add("Words below the table go on with the text of the page as if nothing had been between.", y: 560)
    let document = try PDFParser().parse(pdf.bytes, name: "a.pdf")
    #expect(
      document.outline == [
        "p The functions of the library are these, and more of them may be added by any later release.",
        "p Table 1: Functions", "t " + rows.map { "\($0.0) | \($0.1)" }.joined(separator: "\n"),
        "p Words below the table go on with the text of the page as if nothing had been between.",
      ])
  }
}
