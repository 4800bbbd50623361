import Testing

@testable import Retrieval

@Suite struct MemberSourceTests {
  @Test func `the archive is the first file before a mark`() throws {
    let folder = try TemporaryFolder()
    try folder.write("wow!/b.zip", "x")
    let source = MemberSource.source(archive: "\(folder.path)/wow!/b.zip", member: "in!/ner.md")
    let parsed = try #require(MemberSource(source))
    #expect(parsed.archive == "\(folder.path)/wow!/b.zip")
    #expect(parsed.member == "in!/ner.md")
    #expect(MemberSource("\(folder.path)/wow!/none.md") == nil)
  }

  @Test(arguments: [
    ("ch1.xhtml", "OEBPS/content.opf", "OEBPS/ch1.xhtml"),
    ("../x/a%20b.xhtml#id", "OEBPS/content.opf", "x/a b.xhtml"),
    ("/word/document.xml", "_rels/x", "word/document.xml"), ("a?b", "", "a"), ("../../up", "a/b", "up"),
    ("100%", "", "100%"), ("./t.xhtml", "a/b/c.opf", "a/b/t.xhtml"),
  ])
  func `references resolve within the archive`(reference: String, base: String, expected: String) {
    #expect(MemberPath.resolved(reference, against: base) == expected)
  }
}
