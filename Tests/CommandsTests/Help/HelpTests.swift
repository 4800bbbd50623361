import Testing

@testable import Commands

@Suite struct HelpTests {
  private func help(_ program: Program, _ arguments: [String], width: Int) async -> String {
    let captured = Captured(environment: ["COLUMNS": "\(width)"])
    let code = await program.run(
      arguments + ["--help"], settings: Settings(environment: [:]), output: captured.output)
    #expect(code == .success)
    return captured.results.text
  }

  @Test func `the program's help lists its commands`() async {
    #expect(
      await help(Sample.program, [], width: 80) == """
        Turns documents into a corpus that can be searched.

        Usage: ingest COMMAND ...

        Commands:
          add      Adds documents, or brings them up to date.
          search   Shows the passages that fit a question best.
          list     Lists the documents.
          reembed  Embeds everything anew.
          model    Manages local models.

        Options:
          -h, --help     Show this help
              --version  Show the version

        Shared options:
              --db FILE  The corpus database [env: FOOTNOTE_DB] [default: footnote.db]

        Run 'ingest help COMMAND' for more about a command.

        """)
  }

  @Test func `a command's help names every variable and default`() async {
    #expect(
      await help(Sample.program, ["add"], width: 80) == """
        Adds documents, or brings them up to date.

        Documents that have not changed since they were added cost nothing. Those that
        have gone from a folder are removed.

        A document that cannot be read is reported and does not stop the others.

        Usage: ingest add [OPTIONS] PATH|URL...

        Arguments:
          PATH|URL...  Files, folders and web pages to add

        Options:
          -c, --collection NAME  Put the documents into this collection
          -t, --tag TAG          Mark the documents with a tag (may be repeated)
                                 [env: TAGS]
              --include GLOB     Add only files that match (may be repeated)
          -n, --dry-run          Say what would be done and do nothing
              --[no-]ocr         Read scanned pages [default: on]
          -w, --[no-]watch       Go on and add what changes [env: WATCH]
              --pause TIME       Wait this long between two pages of a website, so that
                                 its server is not troubled by us [default: 500ms]
              --memory SIZE      Keep at most this much in memory [default: 64MiB]
          -h, --help             Show this help

        Shared options:
              --db FILE  The corpus database [env: FOOTNOTE_DB] [default: footnote.db]

        Environment:
          OPENAI_API_KEY  Key of the embedding provider, if it is not local

        Examples:
          Add a folder and all below it:
            $ ingest add docs/
          Add a website, politely:
            $ ingest add https://example.org --pause 2s

        """)
  }

  @Test func `help is wrapped to a narrow terminal`() async {
    #expect(
      await help(Sample.program, ["search"], width: 40) == """
        Shows the passages that fit a question
        best.

        Usage: ingest search [OPTIONS] QUESTION

        Arguments:
          QUESTION  What to look for

        Options:
          -k, --limit N  Passages to show
                         [default: 10]
              --mode hybrid|dense|lexical
                         How to search
                         [default: hybrid]
              --json     Write JSON
          -h, --help     Show this help

        Shared options:
              --db FILE  The corpus database
                         [env: FOOTNOTE_DB]
                         [default: footnote.db]

        """)
  }

  @Test func `a program that does something itself shows both its uses`() async {
    #expect(
      await help(Sample.server, [], width: 80) == """
        Answers questions over HTTP.

        Usage: ragserver [OPTIONS]
               ragserver COMMAND ...

        Commands:
          check  Checks a running server.

        Options:
              --host TEXT       Listen on this address [env: HOST] [default: 127.0.0.1]
              --port PORT       Listen on this port [env: PORT] [default: 8080]
              --api-key SECRET  The provider's key [env: SAMPLE_API_KEY] [default: none]
          -h, --help            Show this help
              --version         Show the version

        Run 'ragserver help COMMAND' for more about a command.

        """)
  }

  @Test func `required options and optional arguments show in the usage line`() async {
    let reembed = await help(Sample.program, ["reembed"], width: 80)
    #expect(reembed.contains("\nUsage: ingest reembed --model MODEL [OPTIONS]\n"))
    #expect(
      await help(Sample.server, ["check"], width: 80).contains("\nUsage: ragserver check [OPTIONS] [URL]\n"))
    let model = await help(Sample.program, ["model"], width: 80)
    #expect(model.contains("\nRun 'ingest help model COMMAND' for more about a command.\n"))
  }

  @Test(arguments: [20, 40, 47, 60, 79, 100])
  func `no line is wider than the terminal unless one word is`(width: Int) async {
    for arguments in [[], ["add"], ["search"], ["reembed"]] {
      for line in await help(Sample.program, arguments, width: width).split(separator: "\n") {
        let isUnbreakable =
          width < 40 || line.contains("$ ") || line.contains("[") || line.contains("--mode")
        #expect(line.displayWidth <= width || isUnbreakable, "\(line)")
        #expect(!line.hasSuffix(" "))
      }
    }
  }

  @Test(arguments: [(nil, 80), ("60", 60), ("300", 100), ("5", 80), ("wide", 80)] as [(String?, Int)])
  func `the width comes from COLUMNS within reason`(columns: String?, width: Int) {
    let environment = columns.map { ["COLUMNS": $0] } ?? [:]
    #expect(Captured(environment: environment).output.helpWidth == width)
  }

  @Test func `the width of a terminal is used`() {
    #expect(Captured(resultsWidth: 72).output.helpWidth == 72)
    #expect(Captured(resultsWidth: 72, environment: ["COLUMNS": "50"]).output.helpWidth == 50)
  }
}
