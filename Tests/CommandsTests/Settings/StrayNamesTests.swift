import Testing

@testable import Commands

@Suite struct StrayNamesTests {
  private let names = StrayNames(
    known: [
      "OPENAI_API_KEY", "GEMINI_API_KEY", "EMBEDDING_PROVIDER", "QDRANT_URL", "LOG_LEVEL", "HOST", "PORT",
    ])

  @Test(arguments: [
    ("OPENAI_API_KEYS", "OPENAI_API_KEY"), ("EMBEDING_PROVIDER", "EMBEDDING_PROVIDER"),
    ("OPENIA_API_KEY", "OPENAI_API_KEY"), ("openai_api_key", "OPENAI_API_KEY"), ("LOGLEVEL", "LOG_LEVEL"),
    ("QDRANT_URI", "QDRANT_URL"),
  ])
  func `a slip is told with the name that is meant`(name: String, meant: String) {
    #expect(names.remark(on: name) == "\(name) is no setting; '\(meant)' may be meant")
  }

  @Test(arguments: ["FOOTNOTE_DATABASE_FILE", "QDRANT_TIMEOUT_SECONDS"])
  func `a name with a beginning of ours is told though none is near`(name: String) {
    #expect(names.remark(on: name) == "\(name) is no setting")
  }

  @Test(arguments: [
    "OPENAI_API_KEY", "GITHUB_API_KEY", "OPENAI_ORG_ID", "POST", "PORTS", "NODE_ENV",
    "QDRANT__SERVICE__API_KEY",
    "X",
  ])
  func `what is known, or another program's, is not`(name: String) {
    #expect(names.remark(on: name) == nil)
  }

  @Test func `a run warns once of each name, and never of what it is set to`() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(".env", "# keys\nOPENAI_API_KEYS=hunter2\nNODE_ENV=production\n")
    let root = Command("sample", "A sample.") { invocation in
      _ = invocation.settings["OPENAI_API_KEY"]
      return .success
    }
    let warning = "\(file), line 2: OPENAI_API_KEYS is no setting; 'OPENAI_API_KEY' may be meant."
    for (known, warnings) in [(names.known, 1), ([], 0)] {
      let captured = Captured()
      let code = await Program(root, version: "1", knownVariables: known)
        .run([], settings: Settings(environment: [:], file: file), output: captured.output)
      #expect(code == .success)
      #expect(captured.messages.text.split(separator: "\n").count == warnings, "\(captured.messages.text)")
      #expect(captured.messages.text.contains(warning) == (warnings == 1), "\(captured.messages.text)")
      #expect(!captured.messages.text.contains("hunter2"))
    }
  }
}
