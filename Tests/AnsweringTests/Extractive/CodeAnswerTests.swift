import Models
import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

@Suite struct CodeAnswerTests {
  let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))

  /// A page as it is stored: fences are gone, lines are kept.
  static let page = """
    Widget is a tool that makes widgets on Linux. It installs with the package manager.

    To install Widget, run these commands:

    sudo apt-get install widget
    pip install widget

    widget init --all

    After that Widget listens on port 8080, and a second widget makes no trouble.

    Option | Meaning | Default
    --port | port of the widget server | 8080
    --host | name of the widget server | localhost

    The area of a widget is

    area = pi * radius^2

    so a widget of twice the radius has four times the area.
    """

  private func passage(_ text: String, headings: [String] = ["Setup"]) -> Passage {
    Passage(
      chunk: 1, documentID: 1, document: "widget.md", source: "/widget.md", collection: "default",
      title: "Widget", headingPath: headings, start: 100, end: 100 + text.unicodeScalars.count, text: text,
      ordinal: 0, score: 1, denseScore: 0.7)
  }

  private func quoted(_ citation: Citation, in text: String) -> String {
    let scalars = Array(text.unicodeScalars)[(citation.start - 100)..<(citation.end - 100)]
    return String(String.UnicodeScalarView(scalars))
  }

  @Test func aCommentInCodeIsShownWithoutItsSigns() async throws {
    let page = """
      # Use the prune subcommand to keep 7 daily widgets
      # of this machine. It never touches other machines.

      widget prune --keep-daily 7
      """
    let answer = try await answerer.answer("How many daily widgets does prune keep?", from: [passage(page)])
    #expect(
      answer.answer.contains("Use the prune subcommand to keep 7 daily widgets of this machine. [1]"),
      "\(answer.answer)")
    #expect(!answer.answer.contains("# "))
    let citation = try #require(answer.citations.first)
    #expect(citation.quote == quoted(citation, in: page) && citation.quote.contains("\n# of this machine."))
  }

  @Test(arguments: ["How do I install Widget?", "Which commands install widget?", "How to install widget"])
  func whoAsksForCommandsGetsTheBlockWithTheSentenceThatIntroducesIt(question: String) async throws {
    let answer = try await answerer.answer(question, from: [passage(Self.page)])
    let block = """
      To install Widget, run these commands: [1]

      ```
      sudo apt-get install widget
      pip install widget

      widget init --all
      ```
      """
    let number = try #require(answer.citations.first { $0.quote.contains("sudo") }?.number)
    #expect(answer.answer.contains(block.replacing("[1]", with: "[\(number)]")), "\(answer.answer)")
    #expect(answer.citations.contains { $0.quote.hasPrefix("To install") && $0.quote.hasSuffix("--all") })
    for citation in answer.citations { #expect(quoted(citation, in: Self.page) == citation.quote) }
  }

  @Test func `an indented example that a colon announces is code and keeps its shape`() async throws {
    let page = """
      You can change the colour of a widget with these words, in its window:

          :set colour=blue
            :write!

      Widgets are round. This quotation is none of them, as the maker said in his book:

          A widget that has no colour is no widget.
      """
    let answer = try await answerer.answer("How do I change the colour of a widget?", from: [passage(page)])
    #expect(answer.answer.contains("```\n:set colour=blue\n  :write!\n```"), "\(answer.answer)")
    #expect(!answer.answer.contains("```\nA widget"))
    for citation in answer.citations { #expect(quoted(citation, in: page) == citation.quote) }
  }

  @Test func `what the reader marked as code is code, whatever it looks like`() async throws {
    let page = """
      You can see how long each widget takes to start with the widget tool, which prints this:

      \t1.5s  mill
      \t700ms press

      \t23ms  scale

      Widgets are round.
      """
    let question = "How can I see how long each widget takes to start?"
    let answer = try await answerer.answer(question, from: [passage(page)])
    #expect(answer.answer.contains("```\n1.5s  mill\n700ms press\n\n23ms  scale\n```"), "\(answer.answer)")
    for citation in answer.citations { #expect(quoted(citation, in: page) == citation.quote) }
    let plain = try await answerer.answer("What is the shape of widgets?", from: [passage(page)])
    #expect(plain.answer.contains("round") && !plain.answer.contains("700ms"), "\(plain.answer)")
  }

  @Test func `a formula in the sentence before marked code makes no code of it`() async throws {
    let page = """
      A widget's strength is S = F / A, which tells how much it bears. The heat that is lost in a widget is

      \tP = i^2 R

      so that twice the strength is four times the heat.
      """
    let answer = try await answerer.answer(
      "What heat is lost in a widget of twice the strength?", from: [passage(page)])
    #expect(
      answer.answer.contains("The heat that is lost in a widget is [1]\n\n```\nP = i^2 R\n```"),
      "\(answer.answer)")
    for citation in answer.citations { #expect(quoted(citation, in: page) == citation.quote) }
  }

  @Test func `a comment among lines of code is code`() async throws {
    let page =
      "This is a widget:\n\n\tdef widget(self):\n\t    # It was built in the town of Mallowfen by a smith."
    let answer = try await answerer.answer("Where was the widget built?", from: [passage(page)])
    #expect(answer.answer.contains("```\ndef widget(self):\n    # It was"), "\(answer.answer)")
  }

  @Test(arguments: [
    "\tThe widget was built in the town of Mallowfen by a smith,\n\twho had no other work to do that year.",
    "\t# The widget was built in the town of Mallowfen by a smith\n\t# who had no work",
  ])
  func `prose in a block that is meant for code is prose`(text: String) async throws {
    let answer = try await answerer.answer(
      "Where was the widget built?", from: [passage("These are notes on widgets.\n\n\(text)")])
    #expect(answer.answer.contains("Mallowfen") && !answer.answer.contains("```"), "\(answer.answer)")
  }

  @Test(arguments: [
    "What is Widget?", "Does Widget run on Linux?", "Which package manager installs Widget?",
    "What makes widgets?", "Who wrote widget init for the widget?",
  ])
  func nobodyElseGetsCommands(question: String) async throws {
    let answer = try await answerer.answer(question, from: [passage(Self.page)])
    #expect(!answer.answer.contains("sudo") && !answer.answer.contains("init --all"), "\(answer.answer)")
  }

  @Test func `a row of a table comes with the names of its columns`() async throws {
    let answer = try await answerer.answer(
      "What is the default port of the widget server?", from: [passage(Self.page)])
    #expect(
      answer.answer.contains(
        """
        | Option | Meaning | Default |
        | --- | --- | --- |
        | --port | port of the widget server | 8080 [
        """), "\(answer.answer)")
    #expect(answer.citations.contains { $0.quote == "--port | port of the widget server | 8080" })
    for citation in answer.citations { #expect(quoted(citation, in: Self.page) == citation.quote) }
  }

  @Test func `a passage that is nothing but code answers with its code`() async throws {
    let text = "func weigh(widget: Widget) -> Double {\n  let mass = widget.mass\n  return mass * 9.81\n}"
    let answer = try await answerer.answer("What does weigh return for a widget?", from: [passage(text)])
    #expect(answer.answer == "```\n\(text)\n```\n\n[1]")
  }

  @Test func `code that holds a fence stands in a longer one`() async throws {
    let text = "Write this example into the page:\n\nlet fence = \"```\";\nlet page = fence + text;"
    let answer = try await answerer.answer("What is the code of the page example?", from: [passage(text)])
    #expect(answer.answer.contains("````\nlet fence = \"```\";\nlet page = fence + text;\n````"))
  }

  @Test(arguments: [
    ("git clone https://example.com/a.git\ncd a\nmake", TextLayout.Kind.code),
    ("$ swift build", .code),
    ("docker run --rm -p 8080:8080 image", .code),
    ("1. cd build\n2. cmake ..\n3. make install", .code),
    ("cat access.log | grep error\nls | wc -l", .code),
    ("x = 4\ny = x + 1", .code),
    ("import numpy as np\nleft = np.array([1, 2])", .code),
    ("a | b\nc | d", .table),
    ("- Run the first test.\n- make a cake, and eat it", .list),
    ("marlo schedule pause nightly\nmarlo schedule resume nightly", .code),
    ("marlo backup create /backups/marlo-$(date +%F).tar.zst", .code),
    ("[{\"name\": \"mail\", \"pending\": 12, \"paused\": false}]", .code),
    ("- red apples\n- red wine", .list), ("[The first] of the rows", .prose),
    ("he came in\nhe sat down, and slept", .prose),
    ("make the most of it", .prose),
    ("ls - list files of one folder", .prose), ("tar czf - src", .code),
    ("git cherry-pick main~4\nApplies the changes of the fifth last commit.", .prose),
    ("go to the shop and buy apples", .prose),
    ("A robot that walks on two legs over a floor that is even falls\nseldom, and stands up again.", .prose),
    ("Widget Limited\n12 Main Street\nLondon", .prose),
  ])
  func paragraphsAreToldApart(text: String, kind: TextLayout.Kind) {
    let utf8 = Array(text.utf8)
    #expect(TextLayout.kind(of: 0..<utf8.count, in: utf8) == kind)
  }

  @Test func `fences of Markdown belong to no statement, also where a chunk cuts a block`() {
    let whole = "Run this:\n```bash\nwidget start now\n\nwidget stop\n```\nThen rest a while."
    let statements = Statement.statements(of: passage(whole), at: 0)
    #expect(statements.map(\.text) == ["Run this:", "widget start now\n\nwidget stop", "Then rest a while."])
    let cut = "pip install widget\n```\nThen rest a while. It is done."
    #expect(
      Statement.statements(of: passage(cut), at: 0).map(\.text)
        == ["pip install widget", "Then rest a while.", "It is done."])
  }

  @Test(arguments: [
    (
      "To put all of them back:\n\nmarlo dead retry mail\n\nThey are kept.",
      [Statement.Kind.sentence, .code, .sentence]
    ),
    ("To put all of them back\n\nmarlo dead retry mail", [.heading, .sentence]),
    ("It takes:\n\nflour, water and salt", [.sentence, .sentence]),
    ("It takes:\n\nSalt water", [.sentence, .sentence]),
    (
      "Ask from Python.\n\nimport footnote\n\nclient = footnote.Client()\nprint(client.ask(question))",
      [.sentence, .code]
    ),
  ])
  func aLineThatAColonAnnouncesIsCodeUnlessItReadsAsProse(text: String, kinds: [Statement.Kind]) {
    #expect(Statement.statements(of: passage(text), at: 0).map(\.kind) == kinds)
  }

  private func text(_ chosen: [Int], of passage: Passage) -> String {
    let statements = Statement.statements(of: passage, at: 0)
    let outline = StatementOutline(statements)
    return ExtractiveText(chosen.map { statements[$0] }, of: outline, from: [passage]).text
  }

  @Test
  func `a sentence that ends in a colon comes with the list, the table or the command that it leads to`() {
    let list = passage("An event is one of these:\n\n- job.failed\n- job.dead\n\nMore will come.")
    #expect(text([0], of: list) == "An event is one of these: [1]\n\n- job.failed [2]\n- job.dead [3]")
    #expect(text([0, 2], of: list) == "An event is one of these: [1] job.dead [2]")
    let table = passage("A token has one role:\n\nrole | may work\nworker | yes\nproducer | no")
    #expect(
      text([0], of: table)
        == "A token has one role: [1]\n\n| role | may work |\n| --- | --- |\n| worker | yes [2] |\n| producer | no [3] |"
    )
    let code = passage("To put them back:\n\nmarlo dead retry mail\n\nJobs are kept for 30 days.")
    #expect(text([0], of: code) == "To put them back: [1]\n\n```\nmarlo dead retry mail\n```")
    #expect(text([0, 2], of: code) == "To put them back: [1] Jobs are kept for 30 days. [2]")
    let long = passage("All of these:\n\n" + (1...30).map { "- item of \($0)" }.joined(separator: "\n"))
    #expect(text([0], of: long) == "All of these: [1]")
  }

  @Test func `a colon that no answer could go on from leaves its sentence open`() {
    func opens(_ text: String) -> Bool {
      let statements = Statement.statements(of: passage(text), at: 0)
      return StatementOutline(statements).isLeftOpen(statements[0])
    }
    #expect(opens("All of these:\n\n" + (1...30).map { "- item of \($0)" }.joined(separator: "\n")))
    #expect(opens("You will find these:\n\n>>> app.url_map\nMap([<Rule '/'>])"))
    #expect(opens("It goes on like this:"))
    #expect(!opens("Two of these:\n\n- one item\n- another item"))
    #expect(!opens("It goes on."))
  }

  @Test(arguments: [
    ("SELECT name FROM sqlite_schema\nWHERE type='table'\nORDER BY name;", true),
    ("PRAGMA journal_mode;", true), ("SELECT is a word of SQL.", false),
    ("DELETE removes rows, UPDATE changes them.", false),
  ])
  func `a command of SQL behind a colon is code`(lines: String, isCode: Bool) {
    let statements = Statement.statements(of: passage("Use this:\n\n\(lines)"), at: 0)
    #expect(statements.map(\.kind).contains(.code) == isCode, "\(statements.map(\.kind))")
  }

  @Test func `items of one list are shown as a list, and two steps of several with the others`() {
    let steps = passage(
      "Moving takes time.\n\n1. Stop the server.\n2. Copy the folder.\n3. Start the server.\n\nThat is all.")
    let whole = "1. Stop the server. [1]\n2. Copy the folder. [2]\n3. Start the server. [3]"
    #expect(text([1, 3], of: steps) == whole)
    #expect(text([3, 1, 4], of: steps) == whole + "\n\nThat is all. [4]")
    #expect(text([2], of: steps) == "Copy the folder. [1]")
    #expect(text([0, 2], of: steps) == "Moving takes time. [1] Copy the folder. [2]")
    let points = passage("- Green is well.\n- Yellow waits.\n- Red stands still.")
    #expect(text([0, 2], of: points) == "- Green is well. [1]\n- Red stands still. [2]")
    let many = passage((1...12).map { "\($0). Turn wheel \($0)." }.joined(separator: "\n"))
    #expect(text([0, 4], of: many) == "- Turn wheel 1. [1]\n- Turn wheel 5. [2]")
  }

  @Test func `a question that the text asks is no answer`() async throws {
    let text = "Q: Can I rename a queue?\n\nA: No. Create a queue of the new name and move the jobs there."
    #expect(Statement.statements(of: passage(text), at: 0).map(\.kind) == [.heading, .sentence, .sentence])
    let answer = try await answerer.answer("Can I rename a queue?", from: [passage(text)])
    #expect(answer.answered && !answer.answer.contains("Can I"), "\(answer.answer)")
  }

  @Test func `a sentence that points back to code comes with it`() {
    let page = passage(
      "Empty it with care.\n\nmarlo queue purge mail --state pending\n\nThis deletes all jobs.")
    #expect(
      text([2], of: page)
        == "Empty it with care. [1]\n\n```\nmarlo queue purge mail --state pending\n```\n\nThis deletes all jobs. [2]"
    )
    #expect(text([0], of: page) == "Empty it with care. [1]")
  }

  @Test(arguments: [
    ("# mkdir -p /mnt/disk\n# mount -o loop disk.img /mnt/disk", true), ("# apt-get install widget", true),
    ("# losetup -f disk.img\nLoop device is /dev/loop0\n# umount /mnt/disk", true),
    ("# sorted by hand, with no path", false), ("# Mount disks -v", false),
  ])
  func `commands behind the prompt of root are code`(lines: String, areCode: Bool) {
    let statements = Statement.statements(of: passage("Disks are mounted as follows.\n\n\(lines)"), at: 0)
    #expect(statements.map(\.kind).contains(.code) == areCode, "\(statements.map(\.kind))")
  }

  @Test func `what follows code begins a paragraph of its own`() {
    let page = passage("marlo queue purge mail --state pending\n\nThis deletes all jobs.")
    #expect(
      text([0, 1], of: page)
        == "```\nmarlo queue purge mail --state pending\n```\n\n[1]\n\nThis deletes all jobs. [2]")
  }

  @Test func `a passage that is a table has its head, one that begins within a table the head of the whole`()
  {
    let rows = "code | meaning\n1 | the server refused\n2 | wrong usage"
    var whole = passage(rows)
    #expect(Statement.statements(of: whole, at: 0).map(\.kind) == [.head, .row, .row])
    #expect(text([2], of: whole) == "| code | meaning |\n| --- | --- |\n| 2 | wrong usage [1] |")
    whole.text = String(rows.dropFirst(15))
    whole.tableHead = "code | meaning"
    #expect(Statement.statements(of: whole, at: 0).map(\.kind) == [.row, .row])
    #expect(text([0], of: whole) == "| code | meaning |\n| --- | --- |\n| 1 | the server refused [1] |")
    whole.tableHead = "an | other | table"
    #expect(text([0], of: whole) == "1 | the server refused [1]")
    whole.text += "\n3 | killed | by a signal"
    #expect(text([0], of: whole) == "| an | other |\n| --- | --- |\n| 1 | the server refused [1] |")
  }

  @Test(arguments: [
    ("a | b", ["a", "b"]), ("| a | b |", ["a", "b"]), ("| a | b", ["", "a", "b"]),
    ("a | b |", ["a", "b", ""]),
    ("a |  | b", ["a", "", "b"]),
  ])
  func cellsAreCountedWithTheEmptyOnes(row: String, cells: [String]) {
    #expect(Statement.cells(row) == cells)
  }

  @Test func `a heading of the passage is told apart without its marker`() {
    let statements = Statement.statements(
      of: passage("Setup\n\nIt is set up by hand."), at: 0)
    #expect(statements.map(\.kind) == [.heading, .sentence])
  }
}
