import Retrieval
import Testing

struct PlainTextParserTests {
  typealias Sample = MarkdownParserTests.Sample

  static let samples = [
    Sample("paragraphs", "One line\nand two.\n\n\n  Indented\n\n", ["p One line\nand two.", "p Indented"]),
    Sample(
      "bold, underlined and coloured letters of terminals and printed manuals",
      "N\u{8}NA\u{8}AM\u{8}ME\u{8}E\n\nThe _\u{8}f_\u{8}i_\u{8}l_\u{8}e and u\u{8}_, ü\u{8}ü.\n\u{8}\u{1B}[31mred\u{1B}[0m",
      ["p NAME", "p The file and u, ü.\nred"]),
    Sample(
      "chapters of a book",
      "CHAPTER I.\nDown the Rabbit-Hole\n\nText.\n\nChapter 2: The Storm\n\nText.\n\nBOOK THE SECOND\n\nLetter IV\n\nText.",
      [
        "h2 CHAPTER I. Down the Rabbit-Hole", "p Text.", "h2 Chapter 2: The Storm", "p Text.",
        "h1 BOOK THE SECOND", "h2 Letter IV", "p Text.",
      ]),
    Sample(
      "sentences that look like chapters",
      "Chapter 3 describes how it goes.\n\nPart of it\n\nBook me a room\n\nActing is hard",
      ["p Chapter 3 describes how it goes.", "p Part of it", "p Book me a room", "p Acting is hard"]),
    Sample(
      "a table of contents",
      "CONTENTS\n\nCHAPTER I\n\nCHAPTER II\n\nCHAPTER I\n\nText.\n\n Chapter 1 . . . . . 3\n\n CHAPTER I    A\n CHAPTER II   B",
      [
        "h2 CONTENTS", "p CHAPTER I", "p CHAPTER II", "h2 CHAPTER I", "p Text.", "p Chapter 1 . . . . . 3",
        "p CHAPTER I    A\n CHAPTER II   B",
      ]),
    Sample(
      "numbered sections",
      "1 Introduction\n\nText.\n\n1.1 Scope and purpose\n\nText.\n\n1.1.2 Terms\n\n2.5 million people came",
      [
        "h1 1 Introduction", "p Text.", "h2 1.1 Scope and purpose", "p Text.", "h3 1.1.2 Terms",
        "p 2.5 million people came",
      ]),
    Sample(
      "a numbered list", "1. Buy milk\n\n2. Go home\n\nDone.", ["p 1. Buy milk", "p 2. Go home", "p Done."]),
    Sample(
      "a chapter with a numeral", "I. A SCANDAL IN BOHEMIA\n\nTo Sherlock Holmes",
      ["h2 I. A SCANDAL IN BOHEMIA", "p To Sherlock Holmes"]),
    Sample(
      "underlined titles",
      "Title\n=====\n\nText.\n\nPart two\n--------\nText.\n\n*****\nBoxed\n*****\n\nnot a title\nsecond line\n----\n",
      ["h1 Title", "p Text.", "h2 Part two", "p Text.", "h3 Boxed", "p not a title\nsecond line\n----"]),
  ]

  @Test(arguments: samples)
  func `Plain text becomes paragraphs and the headings that are certain`(sample: Sample) throws {
    #expect(try outline(PlainTextParser(), sample.text, name: "a.txt") == sample.outline)
  }

  @Test func `Form feeds are pages only if asked for`() throws {
    let text = Array("one\n\u{C}two\n\nthree\u{C}\u{C}four".utf8)
    #expect(try PlainTextParser().parse(text).blocks.map(\.page) == [nil, nil])
    let pages = try PlainTextParser(formFeedsArePages: true).parse(text)
    #expect(pages.outline == ["p one", "p two", "p three", "p four"])
    #expect(pages.blocks.map(\.page) == [1, 2, 2, 4])
  }

  @Test func `The title of a Project Gutenberg book is found`() throws {
    let text = "The Project Gutenberg eBook of X\n\nTitle: Alice’s Adventures\n\nCHAPTER I\n\nText"
    #expect(try PlainTextParser().parse(Array(text.utf8)).title == "Alice’s Adventures")
    #expect(try PlainTextParser().parse(Array("Own Title\n=========\n".utf8)).title == "Own Title")
    #expect(try PlainTextParser().parse(Array("Title: no\n".utf8)).title == nil)
  }

  @Test(arguments: ["a.py", "B.PY", "dir/x.swift", "Makefile", "c.d/e.toml"])
  func `Source code is split at its top level`(name: String) throws {
    let code = "import a\n\n@d\ndef f():\n    x\n\n    return\n}\n\n\nclass C:\n    y\n\n)\n"
    #expect(
      try outline(PlainTextParser(), code, name: name) == [
        "c import a", "c @d\ndef f():\n    x\n\n    return\n}", "c class C:\n    y\n\n)",
      ])
  }

  @Test func `Long definitions are split within`() throws {
    let method = "  func f() {\n" + String(repeating: "    line()\n", count: 150) + "  }\n\n"
    let found = try outline(
      PlainTextParser(), "struct A {\n" + method + method + method + "}\n", name: "a.swift")
    #expect(found.count == 3)
    #expect(found.allSatisfy { $0.contains("func f()") })
  }
}
