import TestSupport
import Testing

@testable import RAGServer

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("Why do robots fall?", "They trip.", "Why do robots fall?"),
    ("3.2 Why do robots fall?", "They trip.", "Why do robots fall?"),
    ("How to install the program", "Run it.", "How do I install the program?"),
    ("3. Put the widget on your site", "Add a line.", "How do I put the widget on my site?"),
    ("Open a database", "Name it.", "How do I open a database?"),
    ("Open platforms and competitions", "There are many.", nil),
    ("Use cases for robots", "There are many.", nil),
    ("When to leave SQLite", "Stay as long as you can.", "When should I leave SQLite?"),
    ("لماذا تسقط الروبوتات؟", "…", "لماذا تسقط الروبوتات؟"),
    ("Filters", "A Kalman filter is an estimator of a state.", "What is a Kalman filter?"),
    (
      "Motors", "Series elastic actuators are the motors of walking robots.",
      "What are series elastic actuators?"
    ),
    (
      "Kinematics", "Forward kinematics is the map from joints to the hand. It goes forward.",
      "What is forward kinematics?"
    ),
    ("Walking", "Model-predictive control is a plan made anew.", "What is model-predictive control?"),
    ("Filters", "Kalman filtering is a way. All use Kalman filters.", "What is Kalman filtering?"),
    ("Links", "Denavit-Hartenberg parameters are the usual way.", "What are Denavit-Hartenberg parameters?"),
    ("Contests", "Robot Operating System is a set of programs.", "What is Robot Operating System?"),
    ("Power", "Newton's law is a law.", "What is Newton's law?"),
    ("Other", "Balance is a skill.", "What is Balance?"),
    ("Other", "Balance is a skill. Few have balance.", "What is balance?"),
    ("Other", "Honda is a firm. In 1986 Honda began.", "What is Honda?"),
    ("Motors", "Actuators are the muscles of a robot.", "What are actuators?"),
    ("Checks", "- Has the distance been measured?\n- Is it off?", "Has the distance been measured?"),
    ("How often?", "Each night is enough.", nil), ("Exactly once?", "No.", nil),
    ("Other", "It is the best.", nil), ("Other", "This robot is a toy.", nil),
    ("Other", "The robot falls.", nil), ("Other", "# Code = 1 is a thing", nil), ("A?", "", nil),
    ("Other", "Balance is hard.", nil), ("Other", "The following table is a list.", nil),
    ("Other", "The value is the sum of both.", nil), ("Sky", "The Moon is a rock.", "What is the Moon?"),
  ])
  func `a question is read from a heading or a definition`(
    heading: String, text: String, question: String?
  ) {
    let questions = PassageQuestion.questions(heading: heading, text: text, cases: WordCases([text]))
    #expect(questions.first?.1 == question)
  }

  @Test func `how other passages write a word tells whether it is a name`() {
    func question(_ others: String...) -> String? {
      let text = "Markov models are the usual ones."
      return PassageQuestion.questions(heading: "Models", text: text, cases: WordCases([text] + others))
        .first?.1
    }
    #expect(question() == "What are markov models?")
    #expect(question("Here, Markov chains are used.") == "What are Markov models?")
    #expect(
      question("One may use markov chains.", "Here, Markov chains are used.") == "What are markov models?")
    // A heading, and where a sentence begins, says nothing.
    #expect(question("About Markov Chains", "It ends. Markov did it.") == "What are markov models?")
  }

  @Test(arguments: CorpusKind.testable)
  func `each document has its turn, and no question comes twice`(kind: CorpusKind) async throws {
    let text = "# Robots\n\n## Why do they fall?\n\nThey trip.\n\n## Why do they walk?\n\nTo get there."
    let other = text.replacing("they", with: "legs").replacing("Robots", with: "Legs")
    try await withRAGServer(
      ["a.md": text, "b.md": other, "c.md": text.replacing("# Robots", with: "# Copy")], on: kind
    ) { server in
      let reply = try await server.send("GET", "/api/suggestions").json(SuggestionRoute.Reply.self)
      #expect(Set(reply.suggestions.map(\.question)).count == 4 && reply.suggestions.count == 4)
      #expect(Set(reply.suggestions.prefix(2).map(\.document)).count == 2)
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `what to ask next is near to what was asked, and not the same`(kind: CorpusKind) async throws {
    let text = "# Robots\n\n## Why do they fall?\n\nThey trip.\n\n## Why do they walk?\n\nTo get there."
    try await withRAGServer(["a.md": text], on: kind) { server in
      let reply = try await server.send("GET", "/api/suggestions?after=Why%20do%20they%20fall%3F")
        .json(SuggestionRoute.Reply.self)
      #expect(reply.suggestions.map(\.question) == ["Why do they walk?"])
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `suggestions follow the corpus`(kind: CorpusKind) async throws {
    try await withRAGServer(["a.md": "# A\n\n## Why do robots fall?\n\nThey trip."], on: kind) { server in
      func suggestions() async throws -> [Suggestion] {
        try await server.send("GET", "/api/suggestions").json(SuggestionRoute.Reply.self).suggestions
      }
      #expect(try await suggestions() == [Suggestion(question: "Why do robots fall?", document: "A")])
      try await server.ingest(["b.md": "# B\n\n## How to repair a knee\n\nWith a tool."])
      #expect(try await suggestions().map(\.question).contains("How do I repair a knee?"))
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `an empty corpus suggests nothing`(kind: CorpusKind) async throws {
    try await withRAGServer([:], on: kind) { server in
      let reply = try await server.send("GET", "/api/suggestions").json(SuggestionRoute.Reply.self)
      #expect(reply.suggestions.isEmpty)
    }
  }
}
