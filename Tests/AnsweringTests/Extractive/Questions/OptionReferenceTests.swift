import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// What the options of commands do, in manual pages and in what programs print.
@Suite struct OptionReferenceTests {
  @Test(arguments: [
    ("What does -z do?", "-z", ""), ("What does `--exclude=PATTERN` do?", "--exclude", ""),
    ("What is the -r option of tar?", "-r", "tar"),
    ("What does git commit --amend do?", "--amend", "git commit"),
    ("Explain the \"-v\" flag of grep.", "-v", "grep"), ("What does -1 do?", "-1", ""),
    ("--no-verify", "--no-verify", ""),
  ])
  func `a question asks for an option`(question: String, name: String, context: String) throws {
    let reference = try #require(OptionReference(question))
    #expect(reference.name == name && reference.context.joined(separator: " ") == context)
  }

  @Test(arguments: [
    "What does tar do?", "How is -a different from -b?", "What do -a and -b do?", "What is -5 degrees?",
    "Who wrote tar -z?", "What is a - b?", "How do I exclude files with --exclude?",
    "What does it do - in short?",
  ])
  func `other questions do not`(question: String) {
    #expect(OptionReference(question) == nil)
  }

  @Test(arguments: [
    ("-z, --gzip, --[no-]pack", ["-z", "--gzip", "--pack", "--no-pack"]),
    ("-i[SUFFIX], --in-place[=SUFFIX]", ["-i", "--in-place"]),
    ("-C DIR | --directory=DIR", ["-C", "--directory"]), ("tar and more", []), ("---", []),
  ])
  func `a term names options`(term: String, names: [String]) {
    #expect(OptionReference.names(in: term) == Set(names))
  }

  private func definition(_ question: String, in text: String, headings: [String] = []) throws -> [String] {
    let passage = Passage.note(text, headings: headings)
    let found = try #require(OptionReference(question)).definition(in: [passage], words: 60)
    let scalars = Array(text.unicodeScalars)
    for statement in found {
      // What is cited is what is stored.
      let quote = String(String.UnicodeScalarView(scalars[statement.range]))
      #expect(Words.spaced(quote) == Words.spaced(statement.text))
    }
    return found.map(\.line)
  }

  private static let help = """
    Usage: pack [OPTION...] [FILE]...

      -z, --gzip, --gunzip       filter the archive through gzip
          --exclude=PATTERN      exclude files, given
                                   as a PATTERN
          --exclude-from=FILE    exclude patterns
      -C DIR, --directory DIR
                                 Change to DIR first.
      -q\tsay nothing
    """

  @Test(arguments: [
    ("What does -z do?", "-z, --gzip, --gunzip: filter the archive through gzip"),
    ("What does --exclude do?", "--exclude=PATTERN: exclude files, given as a PATTERN"),
    ("What does -C do?", "-C DIR, --directory DIR: Change to DIR first."),
    ("What does -q do?", "-q: say nothing"),
  ])
  func `a list that a program prints is read by its lines`(question: String, line: String) throws {
    #expect(try definition(question, in: Self.help) == [line])
  }

  @Test func `a manual's terms, paragraphs, rows and headings are read`() throws {
    let manual = """
      -n, --quiet

      suppress automatic printing

      -l
      use a long format

      -a, --all
      Shows all files. Those that begin with a dot are shown, too.

      It is rarely needed.
      """
    #expect(try definition("What does -n do?", in: manual) == ["-n, --quiet: suppress automatic printing"])
    #expect(try definition("What does -l do?", in: manual) == ["-l: use a long format"])
    #expect(
      try definition("What does --all do?", in: manual) == [
        "-a, --all: Shows all files.", "Those that begin with a dot are shown, too.",
      ])
    let table = "Option | Meaning\n--port N | Listens on port N.\n--host | Listens there."
    #expect(try definition("What does --port do?", in: table) == ["--port N | Listens on port N."])
    let list = "- `--fast`: Does less.\n- `--slow`: Does more."
    #expect(try definition("What does --slow do?", in: list) == ["`--slow`: Does more."])
    #expect(
      try definition("What does --dry-run do?", in: "It only says what it would do.", headings: ["--dry-run"])
        .count == 1)
  }

  @Test(arguments: [
    "What does -x do?", "What does -Z do?", "What does --exclud do?", "What does -C do in tar?",
  ])
  func `what is not there is not found`(question: String) throws {
    #expect(try definition(question, in: Self.help + "\n\nUse it with -x to unpack.") == [])
  }

  private func answer(_ question: String) async throws -> Answer {
    var documents = [
      "pack.txt": Self.help,
      "stow.txt": Self.help.replacing("gzip", with: "zstd").replacing("pack", with: "stow"),
    ]
    for number in 1...30 {
      documents["n\(number).txt"] = "What -z does, and what you do with it, note \(number) does not do."
    }
    return try await Answerer.answer(question, over: documents)
  }

  @Test func `the command in question is asked, or each that has the option`() async throws {
    let one = try await answer("What does -z do in stow?")
    #expect(one.answer == "-z, --zstd, --gunzip: filter the archive through zstd [1]")
    let quote = "-z, --zstd, --gunzip       filter the archive through zstd"
    #expect(one.citations.map(\.quote) == [quote])
    let both = try await answer("What does -z do?")
    #expect(
      both.answer.contains("pack.txt: -z, --gzip") && both.answer.contains("stow.txt: -z, --zstd"),
      "\(both.answer)")
    let none = try await answer("What does stow --frobnicate do?")
    #expect(!none.answered, "\(none.answer)")
  }
}
