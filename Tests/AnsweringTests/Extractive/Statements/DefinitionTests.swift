import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Terms and what is said of them, as glossaries, lists of options and manual pages are stored.
@Suite struct DefinitionTests {
  let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))

  private func passage(_ text: String, headings: [String] = []) -> Passage {
    Passage(
      chunk: 1, documentID: 1, document: "m.html", source: "/m.html", collection: "default", title: "Manual",
      headingPath: headings, start: 0, end: text.unicodeScalars.count, text: text, ordinal: 0, score: 1,
      denseScore: 0.7)
  }

  @Test(arguments: [
    ("--soft\nDoes not touch the index at all.", "--soft"),
    ("-v\n--verbose\nPrints all that it does, and why it does so.", "-v, --verbose"),
    ("git pull origin next\nTakes in the branch next, and merges it.", "git pull origin next"),
    ("2\nThe name was not found.", "2"), ("Optimizer (planner)\nSee Query planner.", "Optimizer (planner)"),
  ])
  func `a line above its definition is a term`(paragraph: String, term: String) throws {
    let statements = Statement.statements(of: passage(paragraph), at: 0)
    #expect(statements.count == 1 && statements[0].kind == .sentence)
    #expect(statements[0].text == paragraph)
    let definition = paragraph.split(separator: "\n").last.map(String.init) ?? ""
    #expect(statements[0].line == "\(term): \(definition)")
    #expect(Statement.statements(of: passage("Before.\n\n\(paragraph)\n\nAfter."), at: 0).count == 3)
  }

  @Test func `a row says what its first cell is, if it does so in a sentence`() {
    let table =
      "Statement | What it does | Since\nallow-query | Says who may ask the server | 9.2\nASIMO | 1.3 m | 48 kg"
    let rows = Statement.statements(of: passage(table), at: 0).filter { $0.kind == .row }
    #expect(rows.map { Definition($0)?.defines(["allow", "query"]) } == [true, nil])
  }

  @Test(arguments: [
    "A robot that walks on two legs over a floor that is even falls\nseldom, and stands up again.",
    "The arm is long and the\nhand small.", "Some of us have never seen the\nAtlas walk.",
    "Widget Limited\n12 Main Street\nLondon",
    "Roses are red,\nViolets are blue.", "int x\nreturn x", "First line of it.\nSecond line of it.",
    "send_mail(\n    'Subject here',\n    ['to@example.com'],\n)",
  ])
  func `other lines are none`(paragraph: String) {
    for statement in Statement.statements(of: passage(paragraph), at: 0) {
      #expect(statement.term == nil && statement.under == nil)
    }
  }

  @Test func `what goes on with a definition knows its term`() {
    let text = "fsync (boolean)\nAsks the disk to write. It costs time.\n\nAnother paragraph of the page."
    let statements = Statement.statements(of: passage(text), at: 0)
    #expect(
      statements.map(\.line) == [
        "fsync (boolean): Asks the disk to write.", "It costs time.", "Another paragraph of the page.",
      ])
    #expect(statements.map(\.under) == [nil, "fsync (boolean)", nil])
    let read = ReadPassage(passage(text)).statements
    #expect(read[1].surroundings.contains { $0.contains("fsync") })
    #expect(read[1].embedded.whole.contains("fsync (boolean): It costs time."))
  }

  @Test(arguments: [
    ("Write-ahead log (WAL)\nThe journal of all changes.", ["write-ahead log", "WAL"]),
    ("git-gc - Cleans up files that nobody needs", ["git gc"]),
    ("VACUUM — reclaim the space of dead rows", ["VACUUM"]),
    ("Kubelet: an agent that runs on each node", ["kubelet"]),
    ("-f\n--force\nOverwrites what is there.", ["-f", "--force"]),
    ("WAL\nSee write-ahead log.", []), ("The log is written first.", []),
    ("This is what everybody does at such a time: they wait", []),
  ])
  func `names are told from what they mean`(text: String, names: [String]) throws {
    let statement = try #require(Statement.statements(of: passage(text), at: 0).first)
    let expected = names.map { Words.of($0).map(Words.stem) }
    #expect((Definition(statement)?.names ?? []) == expected)
  }

  @Test func `headings above a term name what it belongs to`() throws {
    let statement = try #require(
      Statement.statements(of: passage("--soft\nDoes not touch the index at all."), at: 0).first)
    let definition = try #require(Definition(statement))
    let headings = Words.terms("git-reset(1) Options")
    #expect(definition.defines(["soft"]) && definition.defines(["git", "reset", "soft"], under: headings))
    #expect(!definition.defines(["git", "reset", "soft"]))
    #expect(!definition.defines(["git", "reset"], under: headings))
    #expect(!definition.defines(["git", "reset", "hard"], under: headings))
  }

  @Test(arguments: [
    ("What is a tablespace?", ["tablespace"]), ("What does fsync do?", ["fsync"]),
    ("What does the EXPLAIN command do?", ["explain command", "explain"]),
    ("What does the option verbose mean?", ["option verbose", "verbose"]),
    ("What does WAL stand for?", ["WAL"]), ("What is the purpose of the walsender?", ["walsender"]),
    ("What is shopt used for?", ["shopt"]), ("What is shopt for?", ["shopt"]),
    ("Explain tablespaces", ["tablespaces"]), ("Tell me about the GIL.", ["GIL"]),
    ("Define a lease", ["lease"]),
    ("Explain why it fails", []), ("Describe how VACUUM works", []), ("Tell me about it", []),
    ("What does it cost?", []), ("What does the winner of the race do?", []), ("What do?", []),
    ("What is the height of the tower?", []),
  ])
  func `questions for what something is or does name it`(question: String, names: [String]) {
    let words = QuestionWords(question)
    #expect(words.names == names.map { Words.of($0).map(Words.stem) })
    #expect((words.expectation == .definition) == !names.isEmpty)
  }

  @Test(arguments: [
    ("What is a tablespace?", "Tablespace: A folder in which tables are kept. [1]"),
    ("What does the fsync parameter do?", "fsync (boolean): Asks the disk to write all changes. [1]"),
  ])
  func `the definition leads the answer, with a colon after its term`(
    question: String, opening: String
  ) async throws {
    let text = """
      Somebody may drop a tablespace with a command; fsync stays as it was then.

      Tablespace
      A folder in which tables are kept.

      fsync (boolean)
      Asks the disk to write all changes.

      Whoever turns fsync off risks the data.
      """
    let answer = try await answerer.answer(question, from: [passage(text)])
    #expect(answer.answer.hasPrefix(opening), "\(answer.answer)")
    let cited = try #require(answer.citations.first)
    #expect(Array(text.unicodeScalars)[cited.start..<cited.end].elementsEqual(cited.quote.unicodeScalars))
  }

  @Test func `a line of code that a sentence announces comes with it`() async throws {
    let text = """
      To rename a column of a table:

      ALTER TABLE products RENAME COLUMN number TO code;

      Renaming a column leaves its values as they are. The following hold:

      each table keeps its name;
      """
    let page = passage(text, headings: ["Renaming a column"])
    let kinds = Statement.statements(of: page, at: 0).map(\.kind)
    #expect(kinds == [.sentence, .code, .sentence, .sentence, .sentence])
    let answer = try await answerer.answer("How do I rename a column of a table?", from: [page])
    #expect(
      answer.answer.contains("```\nALTER TABLE products RENAME COLUMN number TO code;\n```"),
      "\(answer.answer)")
  }
}
