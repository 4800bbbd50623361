import Testing

@testable import Retrieval

@Suite struct EPUBParserTests {
  private func parse(_ fixture: EPUBFixture) throws -> ParsedDocument {
    try EPUBParser().parse(fixture.zip.bytes, name: "book.epub")
  }

  private func failure(_ fixture: EPUBFixture) -> DocumentError? {
    .thrown { _ = try parse(fixture) }
  }

  @Test func `chapters come in the order of the spine, without the navigation`() throws {
    let document = try parse(EPUBFixture())
    #expect(document.title == "A Small Book")
    #expect(document.notes == ["by Ann, Bob", "language en"])
    #expect(
      document.outline == [
        "h1 Part One #text/one one.xhtml", "p First words & more. #text/one one.xhtml",
        "p Next. #text/one one.xhtml#p2", "h2 Deeper #text/two.xhtml#deep", "p Second words. #text/two.xhtml",
      ])
  }

  @Test func `a chapter that the spine names again and again is read once`() throws {
    var fixture = EPUBFixture()
    fixture["OEBPS/content.opf"] = fixture["OEBPS/content.opf"].map { package in
      replacing(
        package, #"<itemref idref="two"/>"#, String(repeating: #"<itemref idref="two"/>"#, count: 1000))
    }
    #expect(try parse(fixture).outline == parse(EPUBFixture()).outline)
  }

  @Test func `an EPUB 2 table of contents gives titles too`() throws {
    var fixture = EPUBFixture()
    fixture["OEBPS/nav.xhtml"] = nil
    fixture["OEBPS/toc.ncx"] = """
      <?xml version="1.0"?>
      <!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
      <ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Top</text></navLabel>
      <content src="text/two.xhtml"/><navPoint><navLabel><text>From the NCX</text></navLabel>
      <content src="text/one%20one.xhtml#p2"/></navPoint></navPoint></navMap></ncx>
      """
    fixture["OEBPS/content.opf"] = fixture["OEBPS/content.opf"].map { package in
      replacing(
        package, #"<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>"#,
        #"<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>"#)
    }
    #expect(try parse(fixture).outline.first == "h2 From the NCX #text/one one.xhtml")
  }

  @Test(arguments: [
    ("META-INF/container.xml", "'META-INF/container.xml', which says where the book is, is missing from it."),
    ("OEBPS/content.opf", "'OEBPS/content.opf', its package document, is missing from it."),
    ("OEBPS/text/two.xhtml", "'OEBPS/text/two.xhtml', a chapter of its reading order, is missing from it."),
  ])
  func `a missing piece is named`(path: String, message: String) {
    var fixture = EPUBFixture()
    fixture[path] = nil
    let error = failure(fixture)
    #expect(error?.code == .damaged)
    #expect(error?.description == message + " Fetch or export the document again.")
  }

  @Test(arguments: [
    ("META-INF/container.xml", "<container/>", "'META-INF/container.xml' names no package document."),
    ("OEBPS/content.opf", "<package><spine/></package>", "has no manifest or spine."),
    ("OEBPS/content.opf", "<package><manifest/><spine/></package>", "names no chapter."),
    ("OEBPS/content.opf", "", "cannot be parsed"),
  ])
  func `a broken piece is named`(path: String, text: String, message: String) {
    var fixture = EPUBFixture()
    fixture[path] = text
    let error = failure(fixture)
    #expect(error?.code == .damaged)
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
  }

  @Test(arguments: [
    ("http://www.idpf.org/2008/embedding", nil), ("http://ns.adobe.com/pdf/enc#RC", nil),
    ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", DocumentError.Code.encrypted),
  ])
  func `rights management is told from hidden fonts`(algorithm: String, expected: DocumentError.Code?) {
    var fixture = EPUBFixture()
    fixture["META-INF/encryption.xml"] = """
      <encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
        xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>
      <enc:EncryptionMethod Algorithm="\(algorithm)"/>
      <enc:CipherData><enc:CipherReference URI="OEBPS/text/two.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>
      """
    #expect(failure(fixture)?.code == expected)
  }

  @Test func `nested entities do not grow`() throws {
    var fixture = EPUBFixture()
    let entities = (1...20).map { "<!ENTITY e\($0) \"\(String(repeating: "&e\($0 - 1);", count: 20))\">" }
    fixture["OEBPS/content.opf"] = fixture["OEBPS/content.opf"].map { package in
      replacing(
        package, "<package",
        "<!DOCTYPE package [<!ENTITY e0 \"boom\">\(entities.joined())]>\n<package"
      ).replacingTitle(with: "T&e20;")
    }
    do {
      #expect(try parse(fixture).title == "T")
    } catch let error as DocumentError {
      #expect(error.code == .damaged)
    }
  }

  @Test func `damage never traps`() {
    var random = DocumentFuzzer(seed: 11)
    let bytes = EPUBFixture().zip.bytes
    for _ in 0..<150 {
      do { _ = try EPUBParser().parse(random.altered(bytes), name: "") } catch is DocumentError {
      } catch {
        Issue.record("threw \(error)")
      }
    }
  }

  private func replacing(_ text: String, _ part: String, _ other: String) -> String {
    guard let range = text.firstRange(of: part) else { return text }
    return text.replacingCharacters(in: range, with: other)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with other: String) -> String {
    String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }

  fileprivate func replacingTitle(with title: String) -> String {
    guard let start = firstRange(of: "<dc:title>"), let end = firstRange(of: "</dc:title>") else {
      return self
    }
    return replacingCharacters(in: start.upperBound..<end.lowerBound, with: title)
  }

  fileprivate func firstRange(of part: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
      start = index(after: start)
    }
    return nil
  }
}
