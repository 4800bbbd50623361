import Testing

@testable import Commands

@Suite struct UsageErrorTests {
  @Test(arguments: [
    (
      ["add", "x", "--collecton", "y"],
      "Unknown option '--collecton'. Did you mean '--collection'?",
      "Run 'ingest add --help' to see how it is used, or put '--' before the PATH|URL if it begins with a dash."
    ),
    (
      ["add", "x", "--coll=y"], "Unknown option '--coll'. Did you mean '--collection'?",
      "Run 'ingest add --help' to see how it is used, or put '--' before the PATH|URL if it begins with a dash."
    ),
    (
      ["add", "x", "--no-wach"], "Unknown option '--no-wach'. Did you mean '--no-watch'?",
      "Run 'ingest add --help' to see how it is used, or put '--' before the PATH|URL if it begins with a dash."
    ),
    (
      ["add", "x", "-collection", "y"], "Unknown option '-collection'. Did you mean '--collection'?",
      "Run 'ingest add --help' to see how it is used, or put '--' before the PATH|URL if it begins with a dash."
    ),
    (
      ["add", "x", "-z"], "Unknown option '-z'.",
      "Run 'ingest add --help' to see how it is used, or put '--' before the PATH|URL if it begins with a dash."
    ),
    (
      ["search", "--what is a robot?"], "Unknown option '--what is a robot?'.",
      "Run 'ingest search --help' to see how it is used, or put '--' before the QUESTION if it begins with a dash."
    ),
    (
      ["search", "--watch"], "Unknown option '--watch'.",
      "It belongs to 'ingest add'; run 'ingest search --help' for the options here."
    ),
    (
      ["list", "--watch"], "Unknown option '--watch'.",
      "It belongs to 'ingest add'; run 'ingest list --help' for the options here."
    ),
    (
      ["serach", "x"], "Unknown command 'serach'. Did you mean 'search'?",
      "Run 'ingest --help' to see the commands."
    ),
    (["frobnicate"], "Unknown command 'frobnicate'.", "Run 'ingest --help' to see the commands."),
    (
      ["model", "pul", "x"], "Unknown command 'pul'. Did you mean 'pull'?",
      "Run 'ingest model --help' to see the commands."
    ),
    (
      ["help", "serch"], "Unknown command 'serch'. Did you mean 'search'?",
      "Run 'ingest --help' to see the commands."
    ),
    (["help", "add", "x"], "'ingest add' has no command 'x'.", "Run 'ingest --help' to see how it is used."),
    (["add"], "Missing argument PATH|URL.", "Run 'ingest add --help' to see how it is used."),
    (["search"], "Missing argument QUESTION.", "Run 'ingest search --help' to see how it is used."),
    (
      ["reembed"], "Missing option '--model MODEL'.",
      "Give it, or set MODEL in the environment or in .env."
    ),
    (
      ["list", "x"], "Unexpected argument 'x'.",
      "'ingest list' takes no arguments; run 'ingest list --help' to see its options."
    ),
    (
      ["model", "pull", "a", "b"], "Unexpected argument 'b'.",
      "'ingest model pull' takes NAME; put quotes around a text with spaces."
    ),
    (
      ["add", "x", "--collection"], "Option '--collection' needs a value: --collection NAME",
      "Run 'ingest add --help' to see how it is used."
    ),
    (
      ["add", "x", "--collection", "--tag", "y"], "Option '--collection' needs a value: --collection NAME",
      "To give one that begins with a dash, write '--collection=--tag'."
    ),
    (
      ["add", "x", "--dry-run=yes"], "Flag '--dry-run' takes no value.",
      "Run 'ingest add --help' to see how it is used."
    ),
    (
      ["add", "x", "--ocr=off"], "Flag '--ocr' takes no value; '--no-ocr' turns it off.",
      "Run 'ingest add --help' to see how it is used."
    ),
    (
      ["search", "x", "-k", "ten"], "Option '--limit' needs an integer between 1 and 1000, not 'ten'.",
      "Run 'ingest search --help' to see how it is used."
    ),
    (
      ["search", "x", "-k", "-5"], "Option '--limit' needs an integer between 1 and 1000, not '-5'.",
      "Run 'ingest search --help' to see how it is used."
    ),
    (
      ["search", "x", "--mode", "hybird"],
      "Option '--mode' needs one of 'hybrid', 'dense' or 'lexical', not 'hybird'. Did you mean 'hybrid'?",
      "Run 'ingest search --help' to see how it is used."
    ),
    (
      ["add", "x", "--tag", ""], "Option '--tag' needs a text that is not empty.",
      "Run 'ingest add --help' to see how it is used."
    ),
    (
      ["add", "x", "--pause", "2m"],
      "Option '--pause' needs a duration between 0s and 1m, such as 500ms, 2s or 1m, not '2m'.",
      "Run 'ingest add --help' to see how it is used."
    ),
    (
      ["add", "x", "--memory", "lots"],
      "Option '--memory' needs a size such as 500kB, 200MB or 1.5GiB, not 'lots'.",
      "Run 'ingest add --help' to see how it is used."
    ),
    (
      ["add", "x", "--include", "[a"],
      "Option '--include' needs a pattern such as '*.md' or 'docs/**', not '[a'.",
      "Run 'ingest add --help' to see how it is used."
    ),
    (
      ["add", "x", "--\u{1B}[31mred"], "Unknown option '--\u{FFFD}[31mred'.",
      "Run 'ingest add --help' to see how it is used, or put '--' before the PATH|URL if it begins with a dash."
    ),
  ])
  func `a mistake is named in one line, with a hint`(arguments: [String], message: String, hint: String) {
    #expect(Sample.program.mistake(arguments) == "\(message)\n\(hint)")
  }

  @Test func `an option of the program itself does not pass to its commands`() {
    #expect(
      Sample.server.mistake(["--port", "1", "check"])
        == "Unknown option '--port'.\nIt belongs to 'ragserver'; run 'ragserver check --help' for the options here."
    )
    #expect(
      Sample.server.mistake(["chekc"])
        == "Unknown command 'chekc'. Did you mean 'check'?\nRun 'ragserver --help' to see the commands.")
  }

  @Test func `the value of a misspelt option is not taken for a command`() {
    #expect(
      Sample.server.mistake(["--prot", "8081"])
        == "Unknown option '--prot'. Did you mean '--port'?\nRun 'ragserver --help' to see how it is used.")
  }

  @Test func `a secret on the command line is not repeated`() {
    let mistake = Sample.program.mistake(["search", "x", "-k", "sk-abcdefghijklmnop"])
    #expect(mistake.contains("not 'sk-[redacted]'"))
  }

  @Test(
    arguments: [
      ([], 64), (["model"], 64), (["bogus"], 64), (["search"], 64), (["list"], 0), (["--version"], 0),
      (["list", "--version"], 0), (["add", "--help"], 0), (["help"], 0),
    ] as [([String], Int32)])
  func `the exit code tells wrong usage from success`(arguments: [String], code: Int32) async {
    let captured = Captured()
    let exit = await Sample.program.run(
      arguments, settings: Settings(environment: [:]), output: captured.output)
    #expect(exit.rawValue == code)
    // What was asked for goes to standard output, what went wrong to standard error.
    #expect(captured.messages.text.isEmpty == (code == 0))
    #expect(code == 0 || captured.results.text.isEmpty)
  }

  @Test func `a program named alone shows its help as an error`() async {
    let captured = Captured()
    _ = await Sample.program.run([], settings: Settings(environment: [:]), output: captured.output)
    #expect(captured.messages.text.contains("Usage: ingest COMMAND ...\n"))
  }

  @Test func `the version is the name and the number`() async {
    let captured = Captured()
    _ = await Sample.program.run(
      ["--version"], settings: Settings(environment: [:]), output: captured.output)
    #expect(captured.results.text == "ingest 0.1.0\n")
  }
}
