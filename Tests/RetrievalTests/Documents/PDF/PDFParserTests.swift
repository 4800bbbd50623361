import Processes
import TestSupport
import Testing

@testable import Retrieval

@Suite(.enabled(if: Launch.find("pdftotext") != nil)) struct PDFParserTests {
  private func parse(_ bytes: [UInt8], _ limits: DocumentLimits = DocumentLimits()) throws -> ParsedDocument {
    try PDFParser(limits: limits).parse(bytes, name: "a.pdf")
  }

  /// A report of three pages with running heads, page numbers and paragraphs that run over pages.
  private static var report: PDFFixture {
    var pdf = PDFFixture()
    pdf.title = "Annual Report"
    let middle = [
      "The robot walked over the stones and did not fall, since its con-",
      "troller measured every step. The well-known problem of balance was",
      "solved in this way for the first time and the team went on to try",
      "slopes and stairs, which took two more years of work until the robot",
    ]
    let code = [
      "for step in route(start, target, terrain):", "    move(step, speed, heading, foot)",
      "    wait(until, done, again)",
    ]
    for page in 1...3 {
      if page > 1 { pdf.addPage() }
      pdf.add("Footnote Report", x: 72, y: 760, size: 9)
      pdf.add("Chapter \(page)", x: 480, y: 760, size: 9)
      if page == 1 { pdf.add("1 Walking Machines", y: 700, size: 18) }
      pdf.add(lines: middle, y: 660)
      pdf.add("climbed the tower on day \(page).", y: 608)
      if page == 2 {
        pdf.add("1.1 Balance", y: 560, size: 14)
        pdf.add(lines: ["- weight", "- height"], y: 530)
        pdf.add(lines: code, y: 480, font: .mono)
        for (row, y) in [(("Name", "Value"), 400.0), (("Mass", "80 kg"), 380), (("Power", "900 W"), 360)] {
          pdf.add(row.0, y: y)
          pdf.add(row.1, x: 300, y: y)
        }
      }
      pdf.add("\(page)", x: 300, y: 30, size: 9)
    }
    return pdf
  }

  @Test func `text is put together over lines and pages`() throws {
    let document = try parse(Self.report.bytes)
    #expect(document.title == "Annual Report")
    let paragraph =
      "The robot walked over the stones and did not fall, since its controller measured every step. "
      + "The well-known problem of balance was solved in this way for the first time and the team went on to try "
      + "slopes and stairs, which took two more years of work until the robot climbed the tower on day"
    #expect(
      document.outline == [
        "h1 1 Walking Machines", "p \(paragraph) 1.", "p \(paragraph) 2.", "h2 1.1 Balance", "li - weight",
        "li - height",
        "c for step in route(start, target, terrain):\n    move(step, speed, heading, foot)\n    wait(until, done, again)",
        "t Name | Value\nMass | 80 kg\nPower | 900 W", "p \(paragraph) 3.",
      ])
    #expect(document.blocks.map(\.page) == [1, 1, 2, 2, 2, 2, 2, 2, 3])
  }

  @Test func `a sentence goes on over the page, and its footnote stays behind it`() throws {
    var pdf = PDFFixture()
    let lines = [
      "The committee met in spring and could not agree on", "the wording of the second article, so that it",
    ]
    pdf.add(lines: lines, y: 660)
    pdf.add("1 See the minutes of the meeting.", y: 90, size: 8)
    pdf.addPage()
    pdf.add(lines: ["was put off until the autumn of the same year and", "was settled then."], y: 700)
    let expected =
      "p The committee met in spring and could not agree on the wording of the second article, so that it was put "
      + "off until the autumn of the same year and was settled then."
    #expect(try parse(pdf.bytes).outline == [expected, "p 1 See the minutes of the meeting."])
  }

  @Test func `a table of contents is left out with a note`() throws {
    var pdf = PDFFixture()
    pdf.add("Contents", y: 720, size: 16)
    pdf.add(lines: (1...8).map { "\($0) Chapter title .............................. \($0 * 3)" }, y: 690)
    pdf.addPage()
    pdf.add("1 Chapter title", y: 700, size: 16)
    pdf.add("Words of the first chapter.", y: 660)
    let document = try parse(pdf.bytes)
    #expect(document.outline == ["h1 1 Chapter title", "p Words of the first chapter."])
    #expect(document.notes == ["table of contents left out"])
  }

  @Test func `what cannot be read says why and what to do`() throws {
    let locked = DocumentError.thrown { _ = try parse(EncryptedFixtures.pdf) }
    #expect(locked?.code == .encrypted)
    // An example with a value after `password=` would be taken out of the log as a secret.
    #expect(locked?.description.contains("qpdf --decrypt --password-file=-") == true)
    let cut = DocumentError.thrown { _ = try parse(Array(Self.report.bytes.prefix(200))) }
    #expect(cut?.code == .damaged)
    #expect(cut?.description.hasPrefix("pdftotext cannot read it (exit 1") == true)
    var scanned = PDFFixture()
    scanned.addPage()
    let blank = DocumentError.thrown { _ = try parse(scanned.bytes) }
    #expect(
      blank?.description == "It has 2 pages and no text: pictures or a scan. Recognise the text first: "
        + "'ocrmypdf in.pdf out.pdf'.")
  }

  @Test func `pages without text and repaired damage are noted`() throws {
    var pdf = PDFFixture()
    pdf.add("Words on the first page.", y: 700)
    pdf.addPage()
    #expect(try parse(pdf.bytes).notes == ["1 of 2 pages have no text"])
    #expect(try parse(pdf.bytes).missing == ["1 of 2 pages have no text"])
    pdf.add("More words.", y: 700)
    var bytes = pdf.bytes
    let last = try #require(
      bytes.lastIndex(of: UInt8(ascii: "j")).map { bytes[..<$0].lastIndex(of: UInt8(ascii: "T")) })
    bytes[try #require(last)] = UInt8(ascii: "Q")
    #expect(
      try parse(bytes).notes.contains { $0.hasPrefix("damaged, read as far as possible: Unknown operator") })
  }

  @Test func `limits on time and size end the program`() throws {
    var limits = DocumentLimits()
    limits.pdfSeconds = 0
    #expect(DocumentError.thrown { _ = try parse(Self.report.bytes, limits) }?.code == .timedOut)
    limits = DocumentLimits()
    limits.documentBytes = 100
    #expect(DocumentError.thrown { _ = try parse(Self.report.bytes, limits) }?.code == .tooLarge)
    limits = DocumentLimits()
    limits.pdfMemoryBytes = 8 << 20
    #expect(DocumentError.thrown { _ = try parse(Self.report.bytes, limits) } != nil)
  }

  @Test func `a missing program is named with its package`() {
    let error = DocumentError.thrown { _ = try PDFParser.program("pdftotext-of-no-one") }
    #expect(error?.code == .missingTool)
    #expect(error?.description.hasSuffix("Run 'apt install poppler-utils'.") == true)
  }

  @Test func `damage never traps or hangs`() {
    var random = DocumentFuzzer(seed: 5)
    let bytes = Self.report.bytes
    for _ in 0..<25 {
      do { _ = try parse(random.altered(bytes)) } catch is DocumentError {
      } catch {
        Issue.record("threw \(error)")
      }
    }
  }

  @Test(arguments: [
    ("Annual Report 2024", "Annual Report 2024"), ("Microsoft Word - My Thesis", "My Thesis"),
    ("thesis.dvi", nil),
    ("Microsoft Word - thesis.docx", nil), ("untitled", nil), ("", nil), ("42", nil), ("/home/x/paper", nil),
    ("Untitled Document 1", nil), ("(anonymous)", nil), ("(unspecified)", nil),
    ("The \u{FB01}rst", "The first"),
  ])
  func `a title among the properties is taken if it is one`(title: String, expected: String?) {
    #expect(PDFProperties.sensible(title) == expected)
  }
}
