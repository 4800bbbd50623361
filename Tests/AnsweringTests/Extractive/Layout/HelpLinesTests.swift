import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Lists of options as programs print them, within texts.
@Suite struct HelpLinesTests {
  private let help = """
    # winch lift

    \tUsage:  winch lift [OPTIONS] LOAD

    \tLift one or more loads

    \tOptions:
    \t      --help       Print usage
    \t  -t, --time int   Seconds to wait for the hook
    \t                   before giving up (default 10)

    Loads are lifted one after the other.
    """

  private func statements(_ text: String) -> [Statement] {
    Statement.statements(
      of: Passage(
        chunk: 1, documentID: 1, document: "lift.md", source: "/lift.md", collection: "default",
        title: "winch lift", headingPath: [], start: 0, end: text.unicodeScalars.count, text: text,
        ordinal: 0, score: 1), at: 0)
  }

  @Test func `each option is a statement, and so is what the program does`() throws {
    let all = statements(help)
    #expect(all.map(\.kind) == [.heading, .code, .sentence, .sentence, .sentence, .sentence])
    #expect(
      all.dropFirst().map(\.line) == [
        "Usage: winch lift [OPTIONS] LOAD", "Lift one or more loads", "--help: Print usage",
        "-t, --time int: Seconds to wait for the hook before giving up (default 10)",
        "Loads are lifted one after the other.",
      ])
    let scalars = Array(help.unicodeScalars)
    let quoted = scalars[all[4].range].map(String.init).joined()
    #expect(quoted.hasPrefix("-t, --time int   Seconds") && quoted.hasSuffix("(default 10)"))
  }

  @Test(arguments: [
    "-n\n\tlift nothing\n--now\n\tlift at once", "Options:\n  -n  Lift nothing",
    "  -n  lift nothing\n  -m  lift more",
  ])
  func `what an option does may stand below it`(text: String) {
    let utf8 = Array(text.utf8)
    let entries = HelpLines.entries(TextLayout.lines(in: 0..<utf8.count, of: utf8), in: utf8)
    #expect(entries?.first.map { String(decoding: utf8[$0.term], as: UTF8.self) } == "-n")
    #expect(
      entries?.first.map { String(decoding: utf8[$0.text], as: UTF8.self).lowercased() } == "lift nothing")
  }

  @Test(arguments: [
    "-rw-r--r--  1 root root 12 notes\n-rw-r--r--  1 root root 14 more", "- one  thing\n- two  things",
    "--- a/winch\n+++ b/winch", "-n lift nothing", "---  rule\n---  rule", "winch  lifts\n-n  nothing",
    "-n\n-m",
  ])
  func `other lines that begin with such a sign are none`(text: String) {
    let utf8 = Array(text.utf8)
    #expect(HelpLines.entries(TextLayout.lines(in: 0..<utf8.count, of: utf8), in: utf8) == nil)
  }

  @Test func `a default is answered by the option's line`() async throws {
    let passage = Passage(
      chunk: 1, documentID: 1, document: "lift.md", source: "/lift.md", collection: "default",
      title: "winch lift", headingPath: [], start: 0, end: help.unicodeScalars.count, text: help,
      ordinal: 0, score: 1, denseScore: 0.7)
    let answer = try await ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512)).answer(
      "How many seconds does winch lift wait for the hook?", from: [passage])
    #expect(answer.citations.first?.quote.hasSuffix("giving up (default 10)") == true, "\(answer.answer)")
  }
}
