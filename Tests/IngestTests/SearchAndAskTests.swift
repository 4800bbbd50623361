import Commands
import TestSupport
import Testing

@testable import Ingest

@Suite struct SearchAndAskTests {
  private func fixture(_ kind: CorpusKind = .file) async throws -> IngestFixture {
    let fixture = try await IngestFixture.on(kind)
    try fixture.write(
      "walk.md", "# Walking\n\n## Balance\n\nThe robot walks by keeping its balance. Žluť 🤖 too.")
    try fixture.write("arm.md", "# Arms\n\nAn elbow bends the arm.")
    let added = await fixture.run("add", fixture.documents, "--tag", "body")
    #expect(added.code == .success, "\(added.messages)")
    return fixture
  }

  @Test(arguments: ["hybrid", "dense", "lexical"], CorpusKind.testable)
  func searchGivesTheDocumentedJSON(mode: String, kind: CorpusKind) async throws {
    let fixture = try await fixture(kind)
    let result = await fixture.run(
      "search", "How", "does", "the", "robot", "keep its balance?", "--mode", mode, "--json")
    let found = try result.json(Found.self)
    #expect(found.query == "How does the robot keep its balance?")
    #expect(found.mode == mode)
    #expect(found.milliseconds > 0)
    let passage = try #require(found.passages.first { $0.document == "docs/walk.md" })
    #expect(passage.title == "Walking")
    #expect(passage.headingPath == ["Balance"])
    #expect((passage.denseScore != nil) == (mode != "lexical"))
    let shown = await fixture.run(
      "show", passage.document, "--start", "\(passage.start)", "--end", "\(passage.end)")
    #expect(shown.output == passage.text + "\n")
  }

  @Test func whereVectorsAreHeldIsASetting() async throws {
    let fixture = try await fixture()
    let compact = await fixture.run("search", "elbow", environment: ["VECTOR_MEMORY": "compact"])
    #expect(compact.code == .success && compact.output.contains("arm.md"))
    let wrong = await fixture.run("search", "elbow", environment: ["VECTOR_MEMORY": "half"])
    #expect(wrong.code == .usage)
    #expect(wrong.messages.contains("VECTOR_MEMORY"))
    #expect(wrong.messages.contains("full") && wrong.messages.contains("compact"), "\(wrong.messages)")
  }

  /// The members that are documented, as they are spelt.
  private struct Found: Decodable {
    struct Passage: Decodable {
      var document: String
      var title: String
      var headingPath: [String]
      var page: Int?
      var start: Int
      var end: Int
      var text: String
      var score: Double
      var denseScore: Double?
      var lexicalScore: Double?
    }
    var query: String
    var mode: String
    var milliseconds: Double
    var passages: [Passage]
  }

  private struct Reply: Decodable {
    struct Citation: Decodable {
      var number: Int
      var document: String
      var title: String
      var headingPath: [String]
      var page: Int?
      var start: Int
      var end: Int
      var quote: String
    }
    var question: String
    var answer: String
    var answered: Bool
    var confidence: Double
    var citations: [Citation]
    var milliseconds: Double
  }

  @Test(arguments: CorpusKind.testable)
  func askCitesExactly(kind: CorpusKind) async throws {
    let fixture = try await fixture(kind)
    let result = await fixture.run("ask", "--json", "How does the robot keep its balance?")
    let reply = try result.json(Reply.self)
    #expect(reply.question == "How does the robot keep its balance?")
    #expect(reply.answered == !reply.citations.isEmpty)
    for citation in reply.citations {
      let shown = await fixture.run(
        "show", citation.document, "--start", "\(citation.start)", "--end", "\(citation.end)")
      #expect(shown.output == citation.quote + "\n")
      #expect(reply.answer.contains("[\(citation.number)]"))
    }
  }

  @Test func questionsFromAPipeAreOneConversation() async throws {
    let fixture = try await fixture()
    let ask = try fixture.start("ask", "--json")
    try ask.write("How does the robot keep its balance?\n\n  And the elbow?\n")
    ask.closeInput()
    var replies: [(question: String, rewritten: String?)] = []
    for try await line in ask.output {
      let result = IngestFixture.Result(code: .success, output: line, messages: "")
      let reply = try result.json(Rewritten.self)
      replies.append((reply.question, reply.rewrittenQuestion))
    }
    #expect(await ask.exitCode() == 0)
    #expect(replies.map(\.question) == ["How does the robot keep its balance?", "And the elbow?"])
    let understood = try await ask.errors.reduce(into: "") { $0 += $1 }
    #expect(understood.contains("Understood as: ") && understood.contains("elbow"))
    #expect(replies.first?.rewritten == nil && replies.last?.rewritten?.contains("elbow") == true)
  }

  private struct Rewritten: Decodable {
    var question: String
    var rewrittenQuestion: String?
  }

  @Test(arguments: [[], ["-"], ["  "]])
  func withoutAQuestionItSaysSo(_ arguments: [String]) async throws {
    let fixture = try await fixture()
    let ask = try fixture.start(["ask"] + arguments)
    ask.closeInput()
    #expect(await ask.exitCode() == 64)
    let messages = try await ask.errors.reduce(into: "") { $0 += $1 + "\n" }
    #expect(messages.contains("question") || messages.contains("QUESTION"))
  }

  @Test(arguments: ["search", "ask"], CorpusKind.testable)
  func afterAFilterThatLetsNothingThroughItSaysSo(_ command: String, kind: CorpusKind) async throws {
    let fixture = try await fixture(kind)
    let question = "How does the robot keep its balance?"
    for filter in [["--collection", "bok"], ["--tag", "bdy"], ["--source", "dosc/"]] {
      let result = await fixture.run([command, question] + filter)
      #expect(result.code == .success)
      #expect(result.messages.contains("No document of "), "\(filter): \(result.messages)")
    }
    let found = await fixture.run(command, "What do penguins eat?", "--tag", "body")
    #expect(!found.messages.contains("No document of "))
    for document in ["docs/walk.md", "docs/arm.md"] { _ = await fixture.run("remove", document) }
    let empty = await fixture.run(command, question)
    #expect(empty.messages.contains("holds no document"), "\(empty.messages)")
  }

  @Test(arguments: CorpusKind.testable)
  func commandsOnAMissingCorpusSayHowToMakeOne(kind: CorpusKind) async throws {
    let fixture = try await IngestFixture.on(kind)
    for arguments in [
      ["search", "x"], ["ask", "x"], ["list"], ["status"], ["remove", "x"], ["reembed"], ["show", "x"],
    ] {
      let output = MemorySink()
      let messages = MemorySink()
      let code = await IngestProgram.program.run(
        arguments, settings: Settings(environment: fixture.environment),
        output: Output(results: output, messages: messages))
      #expect(code == .failure)
      let place = fixture.environment["QDRANT_COLLECTION"] ?? "at '\(fixture.database)'. Make one with"
      #expect(messages.text.contains("There is no corpus ") && messages.text.contains(place))
      #expect(messages.text.contains("'ingest add PATH"))
    }
  }

  @Test func aModelThatIsNotWhereItWasIsNamedAsTheCorpussOwn() async throws {
    let fixture = try await fixture()
    let elsewhere = ["FOOTNOTE_MODEL_DIR": fixture.folder + "/another"]
    let result = await fixture.run("ask", "How does the robot walk?", environment: elsewhere)
    #expect(result.code == .failure)
    #expect(result.messages.contains("(the corpus's own model)"), "\(result.messages)")
    #expect(result.messages.contains("say where a folder of that name is with FOOTNOTE_MODEL_DIR"))
  }

  @Test func theProgramIsDeclaredWithoutMistakes() {
    #expect(IngestProgram.program.definitionMistakes == [])
  }
}
