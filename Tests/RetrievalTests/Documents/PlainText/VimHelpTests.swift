import Retrieval
import Testing

@Suite struct VimHelpTests {
  private static let rule = String(repeating: "=", count: 78)

  private func read(_ text: String) throws -> ParsedDocument {
    try PlainTextParser().parse(
      Array("*walk.txt*\tFor Vim version 9.0.  Last change: 2023 Jan 1\n\n\(text)".utf8))
  }

  @Test(arguments: ["walk.txt", "walk"])
  func `a help file is told by its own tag or its settings`(name: String) throws {
    let reader = DocumentReader()
    let text = "TITLE\t\t\t*t*\n\nSee |other-help| now.\n\n vim:tw=78:ts=8:ft=help:norl:\n"
    #expect(
      try reader.parse(Array(text.utf8), name: name).outline == ["h1 TITLE #t", "p See other-help now."])
    let other = "Title\n\nSee |other-help| now.\n\n vim:tw=78:ts=8:\n"
    #expect(try reader.parse(Array(other.utf8), name: name).text.contains("|other-help|"))
  }

  @Test func `sections, subheadings and tags`() throws {
    let document = try read(
      """
      \t\t  VIM REFERENCE MANUAL    by Somebody

      Walking and running\t\t\t*walking* *run*

      The basics.

      1. Steps\t\t|steps|
      |2.1|\tRunning

      \(Self.rule)
      1. Steps\t\t\t\t*steps*

      Walk.
      N is used to count.

      MOVE ALONG

      Go on.

      1.1 Turning\t\t\t*turning*

      Turn.

      \(Self.rule)
      *2.1*\tRunning

      Faster ~

      Run. Next: |walk.txt| tells.

      vim:ft=help:
      """)
    #expect(document.title == "Walking and running")
    #expect(
      document.outline == [
        "h1 Walking and running #walking", "p The basics.", "li 1. Steps",
        "li - 2.1 Running", "h2 1. Steps #steps", "p Walk. N is used to count.", "h3 MOVE ALONG", "p Go on.",
        "h3 1.1 Turning #turning", "p Turn.", "h2 2.1 Running #2.1", "h3 Faster",
        "p Run. Next: walk.txt tells.",
      ])
  }

  @Test func `names in the first column are terms`() throws {
    let found = try read(
      """
      \(Self.rule)
      1. Commands\t*commands*

      \t\t\t\t*:w* *:wa* *:walk* *E12*
      :wa[lk]\t\t\tWalk [count] steps.  See
      \t\t\t|:run|.

      <Up>\tor\t\t*k*
      k\t\tUp.

      'pace' 'pc'\tnumber\t(default 3)
      \t\t\tglobal
      \tSteps a second.  One of:
      \tslow\tone,
      \t\tas a rule
      \tfast\ttwo

      \tNever more.

      stop({how})\t\t\t*stop()*
      \t\tStops.
      \t\t\t\t*E13*
      When it falls it says so.
      """
    ).outline
    #expect(
      found == [
        "h2 1. Commands #commands", "p :wa[lk] (:walk, E12)\nWalk [count] steps. See :run. #:w",
        "p <Up>\nk\nUp. #k",
        "p 'pace' 'pc' number (default 3) global\nSteps a second. One of:", "li - slow: one, as a rule",
        "li - fast: two", "p Never more.", "p stop({how})\nStops. #stop()",
        "p E13\nWhen it falls it says so. #E13",
      ])
  }

  @Test func `examples keep their lines, and lists their items`() throws {
    let found = try read(
      """
      \(Self.rule)
      1. Examples\t*ex*

      Set it so: >
      \t:set a=|b|

      \t  :set *c*
      < and go on:
      - one
        more
      - two >
      \t:q

      Then this:
      \tvim -r name
      Shown as:
      \twalk ~
      \t  run ~
      In all
      A\tB\t\tC\t~
      1\t2\t\t3

      Note: A long remark that goes on
            below its first words.
         And here begins another one, which
      ends.
      """
    ).outline
    #expect(
      found == [
        "h2 1. Examples #ex", "p Set it so:", "c :set a=|b|\n\n  :set *c*", "p and go on:",
        "li - one more",
        "li - two", "c :q", "p Then this:", "c vim -r name", "p Shown as:", "c walk\n  run",
        "p In all", "t A | B | C\n1 | 2 | 3", "p Note: A long remark that goes on below its first words.",
        "p And here begins another one, which ends.",
      ])
  }

  @Test func `an example without an end, and odd marks, are read to the end`() throws {
    for text in [
      "Text: >", ">", "Text >\n", "*a* *b*", "x ~", "- >\n", "|", "*", "\t*a*\n<", "name\t\t",
      "'a'\tstring\n",
    ] {
      _ = try read(text)
    }
    #expect(try read("Text: >\n\n\t:q\n\n").outline == ["p Text:", "c :q"])
  }
}
