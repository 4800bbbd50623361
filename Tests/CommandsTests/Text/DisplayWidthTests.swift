import Testing

@testable import Commands

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("ｱ", 1), ("Ａ", 2), ("한글", 4),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("🙂", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("👍🏽", 2), ("☀", 1), ("☀️", 2),
    ("\u{200B}", 0), ("a\u{200D}b", 2), ("\u{1B}[0m", 3), ("…", 1), ("\u{E0001}", 0), ("ñ", 1), ("नि", 1),
    ("\u{1FAE9}", 2),
  ])
  func `the width counts columns`(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test(arguments: [
    ("hello", 5, "hello"), ("hello", 4, "hel…"), ("hello", 1, "…"), ("hello", 0, ""), ("漢字漢字", 5, "漢字…"),
    ("漢字漢字", 4, "漢…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("", 0, ""),
  ])
  func `a text is cut at its end`(text: String, width: Int, expected: String) {
    #expect(text.truncated(to: width) == expected)
    #expect(text.truncated(to: width).displayWidth <= width)
  }

  @Test(arguments: [
    ("docs/chapters/one.md", 20, "docs/chapters/one.md"), ("docs/chapters/one.md", 12, "docs…/one.md"),
    ("docs/chapters/one.md", 3, "d…d"), ("docs/chapters/one.md", 2, "d…"), ("漢字漢字漢字", 8, "漢…漢字"),
  ])
  func `a path is cut in its middle`(text: String, width: Int, expected: String) {
    #expect(text.truncatedInMiddle(to: width) == expected)
    #expect(text.truncatedInMiddle(to: width).displayWidth <= width)
  }

  @Test(arguments: [
    ("plain", "plain"), ("a\nb\tc\r\nd\re", "a b c d e"), ("\u{1B}[31mred", "\u{FFFD}[31mred"),
    ("a\u{202E}b", "a\u{FFFD}b"), ("a\u{9B}b", "a\u{FFFD}b"), ("\u{7F}\u{0}", "\u{FFFD}\u{FFFD}"),
    ("é漢🙂", "é漢🙂"),
    ("👩‍👧", "👩‍👧"),
  ])
  func `control characters cannot reach a terminal`(text: String, expected: String) {
    #expect(TerminalText.clean(text) == expected)
  }

  @Test func `lines and tabs stay where a whole text is shown`() {
    #expect(TerminalText.cleanLines("a\tb\r\n\u{1B}[2Jc\n") == "a\tb\n\u{FFFD}[2Jc\n")
  }

  @Test func `wide ranges ascend and stay apart`() {
    for (earlier, later) in zip(EastAsianWidth.wide, EastAsianWidth.wide.dropFirst()) {
      #expect(earlier.upperBound < later.lowerBound)
    }
  }
}
