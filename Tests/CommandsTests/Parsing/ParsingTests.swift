import Testing

@testable import Commands

@Suite struct ParsingTests {
  @Test(arguments: [
    (["search", "what"], "what 10 hybrid json=false footnote.db"),
    (["search", "what", "is", "RAG?"], "what is RAG? 10 hybrid json=false footnote.db"),
    (["search", "what", "-k", "5"], "what 5 hybrid json=false footnote.db"),
    (["search", "-k", "5", "what"], "what 5 hybrid json=false footnote.db"),
    (["search", "-k5", "what"], "what 5 hybrid json=false footnote.db"),
    (["search", "-k=5", "what"], "what 5 hybrid json=false footnote.db"),
    (["search", "--limit", "5", "what"], "what 5 hybrid json=false footnote.db"),
    (["search", "--limit=5", "what"], "what 5 hybrid json=false footnote.db"),
    (["search", "what", "--json", "is"], "what is 10 hybrid json=true footnote.db"),
    (["search", "--mode", "DENSE", "what"], "what 10 dense json=false footnote.db"),
    (["search", "-k", "5", "-k", "6", "what"], "what 6 hybrid json=false footnote.db"),
    (["search", "--", "--json", "-k"], "--json -k 10 hybrid json=false footnote.db"),
    (["search", "-40", "degrees"], "-40 degrees 10 hybrid json=false footnote.db"),
    (["search", "-"], "- 10 hybrid json=false footnote.db"),
    (["--db", "a.db", "search", "what"], "what 10 hybrid json=false a.db"),
    (["--db=a.db", "search", "what"], "what 10 hybrid json=false a.db"),
    (["search", "what", "--db", "a.db"], "what 10 hybrid json=false a.db"),
    (["--json", "-k", "3", "search", "what"], "what 3 hybrid json=true footnote.db"),
    (["find", "what"], "what 10 hybrid json=false footnote.db"),
    (["search", "--db=x=y", "what"], "what 10 hybrid json=false x=y"),
    (["search", "help"], "help 10 hybrid json=false footnote.db"),
  ])
  func `a search is read from its argument vector`(arguments: [String], expected: String) throws {
    let parsed = try #require(try Sample.program.parsed(arguments))
    let values: [String] = [
      parsed[Sample.question], "\(parsed[Sample.limit])", parsed[Sample.mode].rawValue,
      "json=\(parsed[Sample.json])", parsed[Sample.database],
    ]
    #expect(values.joined(separator: " ") == expected)
    #expect(parsed.path.text == "ingest search")
  }

  @Test(arguments: [
    (["a"], "a | nil | | dry=false ocr=true watch=false"),
    (["a", "-", "b/c"], "a,-,b/c | nil | | dry=false ocr=true watch=false"),
    (["--tag", "x", "a", "-t", "y", "--tag=z"], "a | nil | x,y,z | dry=false ocr=true watch=false"),
    (["-ntx", "a"], "a | nil | x | dry=true ocr=true watch=false"),
    (["-nw", "a"], "a | nil | | dry=true ocr=true watch=true"),
    (["--no-ocr", "a"], "a | nil | | dry=false ocr=false watch=false"),
    (["--no-ocr", "--ocr", "a"], "a | nil | | dry=false ocr=true watch=false"),
    (["-w", "--no-watch", "a"], "a | nil | | dry=false ocr=true watch=false"),
    (["a", "-c", "books", "b"], "a,b | books | | dry=false ocr=true watch=false"),
    (["--", "-n", "--tag"], "-n,--tag | nil | | dry=false ocr=true watch=false"),
    (["a", "--", "-n"], "a,-n | nil | | dry=false ocr=true watch=false"),
    (["--collection=-n", "a"], "a | -n | | dry=false ocr=true watch=false"),
    (["a", "--collection", "-"], "a | - | | dry=false ocr=true watch=false"),
  ])
  func `an addition is read from its argument vector`(arguments: [String], expected: String) throws {
    let parsed = try #require(try Sample.program.parsed(["add"] + arguments))
    let flags =
      "dry=\(parsed[Sample.dryRun]) ocr=\(parsed[Sample.ocr]) watch=\(parsed[Sample.watch])"
    let tags = parsed[Sample.tags].joined(separator: ",")
    let values = "\(parsed[Sample.sources].joined(separator: ",")) | \(parsed[Sample.collection] ?? "nil") |"
    #expect("\(values)\(tags.isEmpty ? "" : " ")\(tags) | \(flags)" == expected)
  }

  @Test func `quantities and patterns have their types`() throws {
    let parsed = try #require(
      try Sample.program.parsed(["add", "x", "--pause", "2s", "--memory=1.5GiB", "--include", "*.{md,txt}"]))
    #expect(parsed[Sample.pause] == .seconds(2))
    #expect(parsed[Sample.memory] == 1_610_612_736)
    #expect(parsed[Sample.include].map { $0.matches("docs/a.txt") } == [true])
  }

  @Test func `a command below a command is found`() throws {
    let parsed = try #require(try Sample.program.parsed(["model", "pull", "bge", "--db", "x"]))
    #expect(parsed.path.text == "ingest model pull")
    #expect(parsed[Sample.pattern] == "bge")
    #expect(parsed[Sample.database] == "x")
  }

  @Test func `a program that does something itself needs no command`() throws {
    let serve = try #require(try Sample.server.parsed(["--port", "9000"]))
    #expect(serve.path.text == "ragserver")
    #expect(serve[Sample.port] == 9000)
    let check = try #require(try Sample.server.parsed(["check"]))
    #expect(check.path.text == "ragserver check")
    #expect(check[Sample.target] == nil)
    let other = try #require(try Sample.server.parsed(["check", "http://[::1]:80/x"]))
    #expect(other[Sample.target] == "http://[::1]:80/x")
  }

  @Test(arguments: [
    (["--help"], "ingest"), (["-h"], "ingest"), (["help"], "ingest"), (["help", "add"], "ingest add"),
    (["add", "--help"], "ingest add"), (["--help", "add"], "ingest add"),
    (["add", "--bogus", "-h"], "ingest add"),
    (["add", "-k", "x", "--help"], "ingest add"), (["help", "model", "pull"], "ingest model pull"),
    (["model", "help", "pull"], "ingest model pull"), (["model", "--help"], "ingest model"),
  ])
  func `help is found wherever it is asked for`(arguments: [String], command: String) throws {
    guard case .help(let path) = try Sample.program.parse(arguments, settings: Settings(environment: [:]))
    else {
      Issue.record("\(arguments) is no request for help")
      return
    }
    #expect(path.text == command)
  }

  @Test func `help after the terminator or as a value is not a request`() throws {
    let afterTerminator = try #require(try Sample.program.parsed(["search", "--", "--help"]))
    #expect(afterTerminator[Sample.question] == "--help")
    let asValue = try #require(try Sample.program.parsed(["add", "x", "--collection=--help"]))
    #expect(asValue[Sample.collection] == "--help")
  }
}
