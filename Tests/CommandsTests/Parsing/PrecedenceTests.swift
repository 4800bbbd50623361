import Testing

@testable import Commands

@Suite struct PrecedenceTests {
  @Test func `the command line beats the environment, that beats the file, that the default`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(".env", "# ports\nPORT=7000\n")
    func port(_ arguments: [String], _ environment: [String: String], _ file: String?) throws -> ParsedCommand
    {
      let settings = Settings(environment: environment, file: file)
      return try #require(try Sample.server.parse(arguments, settings: settings).command)
    }
    let all = try port(["--port", "9000"], ["PORT": "8000"], file)
    #expect(all[Sample.port] == 9000)
    #expect(all.origin(of: Sample.port) == .commandLine)
    let environment = try port([], ["PORT": "8000"], file)
    #expect(environment[Sample.port] == 8000)
    #expect(environment.origin(of: Sample.port) == .setting("PORT", .environment))
    let fromFile = try port([], ["PORT": ""], file)
    #expect(fromFile[Sample.port] == 7000)
    #expect(fromFile.origin(of: Sample.port) == .setting("PORT", .file(file, line: 2)))
    let fallback = try port([], [:], nil)
    #expect(fallback[Sample.port] == 8080)
    #expect(fallback.origin(of: Sample.port) == .standard)
  }

  @Test func `an error names the variable and where it was set`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(".env", "HOST=x\nPORT=many\n")
    #expect(
      Sample.server.mistake([], environment: ["PORT": "none"])
        == "Environment variable PORT needs a port between 0 and 65535, not 'none'.\n"
        + "Run 'ragserver --help' to see how it is used.")
    #expect(
      throws: UsageError(
        "PORT in \(file), line 2, needs a port between 0 and 65535, not 'many'.",
        hint: "Run 'ragserver --help' to see how it is used.")
    ) {
      try Sample.server.parse([], settings: Settings(environment: [:], file: file))
    }
  }

  @Test(arguments: [("1", true), ("on", true), ("Yes", true), ("false", false), ("0", false)])
  func `a flag is read from its variable`(text: String, expected: Bool) throws {
    let parsed = try #require(try Sample.program.parsed(["add", "x"], environment: ["WATCH": text]))
    #expect(parsed[Sample.watch] == expected)
    let inverted = try #require(
      try Sample.program.parsed(["add", "x", "--no-watch"], environment: ["WATCH": text]))
    #expect(!inverted[Sample.watch])
  }

  @Test func `a variable holds many values between commas, and the command line replaces them`() throws {
    let environment = ["TAGS": " a, b ,,c"]
    let fromVariable = try #require(try Sample.program.parsed(["add", "x"], environment: environment))
    #expect(fromVariable[Sample.tags] == ["a", "b", "c"])
    let replaced = try #require(try Sample.program.parsed(["add", "x", "-td"], environment: environment))
    #expect(replaced[Sample.tags] == ["d"])
  }

  @Test func `a required option may come from its variable`() throws {
    let parsed = try #require(try Sample.program.parsed(["reembed"], environment: ["MODEL": "bge"]))
    #expect(parsed[Sample.model] == "bge")
  }

  @Test func `the home folder is put for a leading tilde`() throws {
    let environment = ["HOME": "/home/ada", "FOOTNOTE_DB": "~/notes.db"]
    let parsed = try #require(try Sample.program.parsed(["list"], environment: environment))
    #expect(parsed[Sample.database] == "/home/ada/notes.db")
  }
}
