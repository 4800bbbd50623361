import Testing

@testable import Retrieval

@Suite struct FormatDetectorTests {
  private static let page =
    "\u{FEFF}<?xml version=\"1.0\"?>\n<!-- <html> -->\n<!DOCTYPE HTML>\n<HTML><body>x</body></HTML>"
  private static let notebook = "{\"cells\": [], \"metadata\": {}, \"nbformat\": 4}"

  @Test(arguments: [
    ("a.md", "# x", DocumentFormat.markdown), ("A.MARKDOWN", "x", .markdown), ("a.mdx", "x", .markdown),
    ("a.qmd", "x", .markdown), ("a.Rmd", "x", .markdown),
    ("a.html", "just words", .html), ("a.htm", "<p>x", .html), ("a.xhtml", "<p/>", .html),
    ("a.doc", "{\\rtf1 x}", .rtf), ("a.csv", "a,b", .delimited), ("a.tsv", "a\tb", .delimited),
    ("a.xlsx", "words", .plainText),
    ("a.txt", "words", .plainText), ("a.rst", "Title\n=====", .reStructuredText),
    ("a.tex", "words", .latex), ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nHi.", .subtitles),
    ("a.vtt", "words", .plainText), ("a", "WEBVTT\n\n00:01.000 --> 00:02.000\nHi.", .subtitles),
    ("a.adoc", "= Title", .asciiDoc), ("a.org", "* Title", .org), ("a", "words", .plainText),
    ("a.weird", "words", .plainText), ("a.swift", "let x = 1", .plainText),
    ("Makefile", "all:\n\techo", .plainText),
    ("a.txt", page, .html), ("a.md", "<html lang=en>", .html), ("a.txt", "<htmlx>", .plainText),
    ("a.txt", "Write <html> at the top.", .plainText), ("a.txt", "<!-- note -->\nwords", .plainText),
    ("a.ipynb", notebook, .notebook), ("a.json", notebook, .notebook), ("a", notebook, .notebook),
    ("a.json", "{\"a\": 1}", .json), ("a.py", notebook, .plainText), ("a.ipynb", "words", .plainText),
    ("a.md", "%PDF-1.7\n", .pdf), ("a.pdf", "junk\n%PDF-1.7\n", .pdf),
    ("a.md", "A file begins with %PDF-1.7", .markdown),
    ("a.pdf", "words", .plainText), ("a.docx", "words", .plainText),
    ("a.txt", "caf\u{E9} na\u{EF}ve", .plainText),
  ])
  func `text is told by content, then by name`(name: String, text: String, expected: DocumentFormat) throws {
    #expect(try FormatDetector().format(of: Array(text.utf8), name: name) == expected)
  }

  private static let settings =
    "# Where it listens.\nport = 80\n\n# Who may come in.\nallow = all\n\n## Users\n\nname = a**b**\n#name = b"

  @Test(arguments: [
    ("llms.txt", "# Acme\n\n> Robots.\n\n## Docs\n\n- [Start](https://a.example/s): how to begin", true),
    ("notes.txt", "# Pumps\n\nThey pump.\n\n## Repair\n\nTurn it off.", true),
    ("README", "# Acme\n\nRun **this**:\n\n```sh\n# not a heading\nmake\n# nor this\n```\n", true),
    ("README.weird", "# Acme\n\nRun **this** or [that](b).\n\n~~~\nmake\n~~~", true),
    ("llms.txt", "\u{FEFF}# Acme\r\n\r\n## Docs\r\n\r\nWords.\r\n", true),
    ("one.txt", "# Only a title\n\nand words without any marks.", false),
    ("issues.txt", "#12 is open.\n\n#13 is closed.", false),
    ("requirements.txt", "# web\nflask==3.0\n\n# tests\npytest>8\n\n# more\nlxml", false),
    ("settings", settings, false), ("run.sh", "# Acme\n\n## Docs\n\necho", false),
    ("notes.log", "# Acme\n\n## Docs\n\nWords", false), ("Makefile", "# Acme\n\n## Docs\n\nall:", false),
  ])
  func `Markdown is told where the name says nothing of it`(name: String, text: String, isMarkdown: Bool)
    throws
  {
    let format = try FormatDetector().format(of: Array(text.utf8), name: name)
    #expect(format == (isMarkdown ? .markdown : .plainText))
  }

  @Test func `other encodings are text`() throws {
    let utf16 = Array("Wörter in einer Datei".utf16)
    let little = utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try FormatDetector().format(of: [0xFF, 0xFE] + little, name: "a.txt") == .plainText)
    #expect(try FormatDetector().format(of: little, name: "a.md") == .markdown)
    #expect(try FormatDetector().format(of: [0x63, 0x61, 0x66, 0xE9, 0x0A], name: "a.txt") == .plainText)
  }

  @Test(arguments: [
    ("a.bin", EPUBFixture().zip, DocumentFormat.epub), ("a.zip", DOCXFixture("<w:p/>").zip, .docx),
    ("a.pdf", ZipFixture(["x.md": "x"]), .archive), ("a.epub", ZipFixture(["x.md": "x"]), .epub),
    ("a.docx", ZipFixture(["x.md": "x"]), .docx), ("a", ZipFixture(["xl/workbook.xml": ""]), .xlsx),
    ("a", ZipFixture(["ppt/presentation.xml": ""]), .pptx),
    ("a", ZipFixture(["mimetype": "x", "content.xml": ""]), .openDocument),
    ("a.ods", ZipFixture(["x": "x"]), .openDocument),
  ])
  func `zip containers are told by their members`(name: String, zip: ZipFixture, expected: DocumentFormat)
    throws
  {
    #expect(try FormatDetector().format(of: zip.bytes, name: name) == expected)
  }

  private static let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]

  @Test(arguments: [
    ("a.md", [0x89, 0x50, 0x4E, 0x47, 0x0D], "It is a PNG image, which is not read."),
    ("a.txt", Array("ID3\u{4}".utf8), "It is an MP3 recording, which is not read."),
    ("a.gz", [0x1F, 0x8B, 8, 0], "It is a gzip archive, which is not read."),
    ("a", [0x7F, 0x45, 0x4C, 0x46, 2], "It is an ELF program, which is not read."),
    (
      "a.tar", [UInt8](repeating: 0, count: 257) + Array("ustar".utf8),
      "It is a tar archive, which is not read."
    ),
    ("a.dat", [1, 2, 3, 0, 4], "It is binary data in a format that is not known, which is not read."),
    ("a.doc", compound, "--convert-to docx FILE'."),
    ("a.xls", compound, "It is an Excel workbook of the old binary format, which is not read."),
    (
      "a.xlsb", ZipFixture(["xl/workbook.bin": ""]).bytes, "It is a binary Excel workbook, which is not read."
    ),
    ("a.vsdx", ZipFixture(["visio/document.xml": ""]).bytes, "'soffice --headless --convert-to pdf FILE'."),
    ("a.ps", Array("%!PS-Adobe".utf8), "'ps2pdf in.ps out.pdf'."),
  ])
  func `what is not read is named`(name: String, bytes: [UInt8], message: String) {
    let error = DocumentError.thrown { _ = try FormatDetector().format(of: bytes, name: name) }
    #expect(error?.code == .unsupported)
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
  }

  @Test func `an Office file under a password is encrypted, noise in a PDF's name damaged`() {
    let stream = "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] }
    let office = DocumentError.thrown {
      _ = try FormatDetector().format(of: Self.compound + stream, name: "a.docx")
    }
    #expect(office?.code == .encrypted)
    let noise = DocumentError.thrown { _ = try FormatDetector().format(of: [0, 1, 2, 3, 4], name: "a.pdf") }
    #expect(noise?.code == .damaged)
    let cut = Array(ZipFixture(["a.md": "x"]).bytes.dropLast(5))
    #expect(
      DocumentError.thrown { _ = try FormatDetector().format(of: cut, name: "a.zip") }?.code == .damaged)
  }
}
