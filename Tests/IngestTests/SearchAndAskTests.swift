import Commands
import FoundationEssentials
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

  @Test func aWrongFolderOfModelsIsNamedThoughTheCorpussOwnIsElsewhere() async throws {
    let fixture = try await fixture()
    let name = String(fixture.model.path.split(separator: "/").last ?? "")
    let cache = fixture.folder + "/cache/footnote/models"
    try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: fixture.model.path, toPath: "\(cache)/\(name)")
    let wrong = fixture.folder + "/another"
    let settings = ["FOOTNOTE_MODEL_DIR": wrong, "XDG_CACHE_HOME": fixture.folder + "/cache"]
    for arguments in [["ask", "How does the robot walk?"], ["search", "robot"]] {
      let result = await fixture.run(arguments[0], arguments[1], environment: settings)
      #expect(result.code == .failure)
      #expect(
        result.messages.contains(
          "There is no embedding model in '\(wrong)' (FOOTNOTE_MODEL_DIR): there is no such folder. The corpus needs "
            + "'\(name)', which is in '\(cache)/\(name)'. Unset FOOTNOTE_MODEL_DIR, or set it to that folder."
        ),
        "\(result.messages)")
    }
    let doctor = await fixture.run("doctor", environment: settings)
    #expect(
      doctor.code == .failure && doctor.output.contains("export FOOTNOTE_MODEL_DIR=\(cache)/\(name)"),
      "\(doctor.output)")
    let unset = ["FOOTNOTE_MODEL_DIR": "", "XDG_CACHE_HOME": fixture.folder + "/cache"]
    #expect(await fixture.run("search", "robot", environment: unset).code == .success)
  }

  /// Settings under which a chat model writes `answer`.
  private func writing(_ answer: String) throws -> (FakeOpenAI, [String: String]) {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames([answer])
    }
    return (fake, ["OPENAI_API_KEY": fake.key, "OPENAI_BASE_URL": fake.baseURL])
  }

  @Test(arguments: [
    ("In 1987 some 350 penguins swam 900 miles [1].", true),
    ("The robot walks by keeping its balance [1].", false),
  ])
  func belowAnAnswerOfLowConfidenceItSaysSo(answer: String, isLow: Bool) async throws {
    let fixture = try await fixture()
    let (fake, environment) = try writing(answer)
    let question = "How does the robot keep its balance?"
    let told = await fixture.run("ask", question, environment: environment)
    // What no source says is marked, too.
    let caution = isLow ? " (no source supports this)\n\nThe documents may not answer this." : ""
    #expect(
      told.output.hasPrefix("\(answer)\(caution)\n\n[1] docs/walk.md"), "\(told.output) \(told.messages)")
    let json = await fixture.run("ask", "--json", question, environment: environment)
    #expect(try json.json(Certainty.self).lowConfidence == isLow, "\(json.output)")
    #expect(fake.provider.violations == [])
  }

  private struct Certainty: Decodable {
    var lowConfidence: Bool
  }

  @Test(arguments: [
    (
      "hello",
      "Hello! I answer questions from “Arms” and “Walking”, and each sentence says where it comes from.\n"
    ),
    (
      "what can you do?",
      "I answer questions from “Arms” and “Walking”, and each sentence says where it comes from.\n"
    ),
    ("thanks!", "You are welcome.\n"),
  ])
  func aCourtesyIsReturnedWithOrWithoutAChatModel(message: String, reply: String) async throws {
    let fixture = try await fixture()
    let (fake, environment) = try writing("Ahoy [1].")
    for environment in [[:], environment] {
      let told = await fixture.run("ask", message, environment: environment)
      let text = told.output.split(separator: "\n").joined(separator: " ") + "\n"
      #expect(told.code == .success && text == reply, "\(told.output)")
    }
    #expect(fake.provider.bodies("/v1/chat/completions").isEmpty)
  }

  @Test func aQuestionThatBeginsWithADashFollowsTwo() async throws {
    let fixture = try await fixture()
    let refused = await fixture.run("ask", "--flag")
    #expect(
      refused.code == .usage
        && refused.messages.contains("put '--' before the QUESTION if it begins with a dash"))
    let asked = await fixture.run("ask", "--json", "--", "--flag")
    #expect(try asked.json(Reply.self).question == "--flag")
  }

  @Test func theProgramIsDeclaredWithoutMistakes() {
    #expect(IngestProgram.program.definitionMistakes == [])
    #expect(IngestProgram.program.knownVariables.contains("FOOTNOTE_DB"))
  }
}
