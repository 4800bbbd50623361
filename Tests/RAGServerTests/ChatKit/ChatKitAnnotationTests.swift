import Answering
import FoundationEssentials
import Testing

@testable import RAGServer

@Suite struct ChatKitAnnotationTests {
  private func citation(_ number: Int, _ source: String, _ more: String = "") throws -> Citation {
    let json = """
      {"number": \(number), "document": "guide", "source": "\(source)", "heading_path": ["Guide", "Keys"], \
      "start": 7, "end": 51, "quote": "Rotate\\n them."\(more)}
      """
    return try JSONDecoder().decode(Citation.self, from: Data(json.utf8))
  }

  @Test(arguments: [
    ("One. [1] Two. [2]", [5, 14]), ("𝄞 [1][2]", [2, 5]), ("`a[1]` and [2]", [11]),
    ("```\na[1]\n``` then [1]", [18]), ("[3] [x] [12345678] [1", []), ("", []),
  ])
  func `marks are found where they stand, in code points, but not in code`(text: String, indices: [Int])
    throws
  {
    let citations = try [1, 2].map { try citation($0, "/docs/guide.md") }
    #expect(ChatKitAnnotation.all(in: text, citations).map(\.index) == indices)
  }

  @Test func `a page of the web is a link to its heading, anything else a file`() throws {
    let page = ChatKitSource(
      try citation(1, "https://example.org/guide#top", #", "anchor": "keys", "title": "Guide""#))
    #expect(page.type == "url" && page.url == "https://example.org/guide#keys" && page.filename == nil)
    #expect(page.attribution == "example.org" && page.description == "Keys: “Rotate them.”")
    let linked = ChatKitSource(
      try citation(1, "/docs/guide.md", #", "anchor": "keys", "url": "https://e.org:8080/guide#keys""#))
    #expect(linked.type == "url" && linked.url == "https://e.org:8080/guide#keys" && linked.filename == nil)
    #expect(linked.attribution == "e.org:8080", "a file of a folder that stands on a website")
    let file = ChatKitSource(try citation(1, "/docs/guide.pdf", #", "page": 3"#))
    #expect(file.type == "file" && file.filename == "guide" && file.url == nil && file.title == "guide")
    #expect(file.description == "Guide › Keys › page 3: “Rotate them.”")
  }
}
