import Retrieval
import Testing

@testable import RAGServer

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("Why do robots fall?", "They trip.", "Why do robots fall?"),
    ("3.2 Why do robots fall?", "They trip.", "Why do robots fall?"),
    ("How to install the program", "Run it.", "How do I install the program?"),
    ("لماذا تسقط الروبوتات؟", "…", "لماذا تسقط الروبوتات؟"),
    ("Filters", "A Kalman filter is an estimator of a state.", "What is a Kalman filter?"),
    (
      "Motors", "Series elastic actuators are the motors of walking robots.",
      "What are Series elastic actuators?"
    ),
    ("Motors", "Actuators are the muscles of a robot.", "What are actuators?"),
    ("Other", "It is the best.", nil), ("Other", "This robot is a toy.", nil),
    ("Other", "The robot falls.", nil), ("Other", "# Code = 1 is a thing", nil), ("A?", "", nil),
    ("Other", "Balance is hard.", nil), ("Other", "The following table is a list.", nil),
  ])
  func `a question is read from a heading or a definition`(
    heading: String, text: String, question: String?
  ) {
    let opening = ChunkOpening(document: "a.md", title: nil, headingPath: ["Book", heading], text: text)
    #expect(OpeningQuestion.question(of: opening)?.1 == question)
  }

  @Test func `each document has its turn, and no question comes twice`() {
    let openings = ["Why a?", "Why is it b?", "Why is it c?"].flatMap { question in
      [1, 2].map {
        ChunkOpening(document: "\($0).md", title: nil, headingPath: ["\(question) number \($0)?"], text: "")
      }
    }
    let best = Suggestion.best(of: openings + openings, count: 4)
    #expect(best.map(\.document) == ["1.md", "2.md", "1.md", "2.md"])
    #expect(Set(best.map(\.question)).count == 4)
  }

  @Test func `suggestions follow the corpus`() async throws {
    try await withRAGServer(["a.md": "# A\n\n## Why do robots fall?\n\nThey trip."]) { server in
      func suggestions() async throws -> [Suggestion] {
        try await server.send("GET", "/api/suggestions").json(SuggestionRoute.Reply.self).suggestions
      }
      #expect(try await suggestions() == [Suggestion(question: "Why do robots fall?", document: "A")])
      try await server.ingest(["b.md": "# B\n\n## How to repair a knee\n\nWith a tool."])
      #expect(try await suggestions().map(\.question).contains("How do I repair a knee?"))
    }
  }

  @Test func `an empty corpus suggests nothing`() async throws {
    try await withRAGServer([:]) { server in
      let reply = try await server.send("GET", "/api/suggestions").json(SuggestionRoute.Reply.self)
      #expect(reply.suggestions.isEmpty)
    }
  }
}
