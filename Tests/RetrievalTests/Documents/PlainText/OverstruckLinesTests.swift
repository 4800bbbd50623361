import Testing

@testable import Retrieval

/// Texts that were printed for a terminal, with headings in bold.
struct OverstruckLinesTests {
  /// As a printer strikes it.
  private func bold(_ text: String) -> String { text.map { $0 == " " ? " " : "\($0)\u{8}\($0)" }.joined() }

  @Test func `lines in bold are found`() {
    let text =
      "\(bold("Quick tests"))\n\n\(bold("Bold")) and not\n_\u{8}u_\u{8}n\n\(bold("Größe 2"))\u{8}2\n\n--"
    #expect(OverstruckLines.numbers(in: Array(text.utf8)) == [0, 4])
    #expect(OverstruckLines.numbers(in: Array("plain\ntext".utf8)).isEmpty)
  }

  @Test func `they head what follows`() throws {
    let text = """
      \(bold("Mail Readme"))

      -----------

      \(bold("Quick tests"))

      Send a letter to yourself.

      \(bold("/etc/mail/main.cf:"))
          size = 4

      \(bold("SYNOPSIS"))
             mail [options]

      \(bold("In the text"))
      of a paragraph.
      """
    #expect(
      try outline(PlainTextParser(), text) == [
        "h1 Mail Readme", "p -----------", "h2 Quick tests", "p Send a letter to yourself.",
        "p /etc/mail/main.cf:\n    size = 4", "h2 SYNOPSIS", "p mail [options]",
        "p In the text\nof a paragraph.",
      ])
    #expect(try PlainTextParser().parse(Array(text.utf8)).title == "Mail Readme")
  }
}
