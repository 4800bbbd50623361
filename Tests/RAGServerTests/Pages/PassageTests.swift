import TestSupport
import Testing

@testable import RAGServer

@Suite struct PassageTests {
  private let text = "# Ü\n\nThe 𝒙 of the knee."

  @Test(arguments: CorpusKind.testable)
  func `positions count code points, and what is past the end is left out`(kind: CorpusKind) async throws {
    try await withRAGServer(["a.md": text], on: kind) { server in
      let source = server.directory + "/docs/a.md"
      let stored = try await server.send("GET", "/api/passage?source=\(source)").json(PassageRoute.Reply.self)
      #expect(stored.text.contains("The 𝒙 of the knee.") && stored.start == 0 && stored.end == stored.length)
      let position = try #require(Array(stored.text.unicodeScalars).firstIndex(of: "𝒙"))
      let part = try await server.send(
        "GET", "/api/passage?source=\(source)&start=\(position)&end=\(position + 4)"
      ).json(PassageRoute.Reply.self)
      #expect(part.text == "𝒙 of" && part.start == position && part.end == position + 4)
      #expect(part.document.hasSuffix("a.md") && part.length == stored.length)
      let past = try await server.send("GET", "/api/passage?source=\(source)&start=900&end=999").json(
        PassageRoute.Reply.self)
      #expect(past.text.isEmpty && past.start == stored.length && past.end == stored.length)
    }
  }

  @Test(arguments: [
    ("", 400, "source: required"), ("?source=no.md", 404, "holds no document 'no.md'"),
    ("?source=a.md&start=-1", 400, "start: expected a whole number from 0"),
    ("?source=a.md&start=9999999999999999999", 400, "start: expected"),
    ("?source=a.md&start=5&end=4", 400, "end: expected 5 to 20005, found 4"),
    ("?source=a.md&start=0&end=20001", 400, "end: expected 0 to 20000"),
  ])
  func `a request that cannot be answered is refused by the name of its field`(
    query: String, status: Int, message: String
  ) async throws {
    try await withRAGServer(["a.md": text]) { server in
      let response = try await server.send("GET", "/api/passage" + query)
      #expect(try response.status == status && response.failure().message.contains(message))
    }
  }
}
