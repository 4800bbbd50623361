import Retrieval
import Testing

struct PlainTextParserTests {
  typealias Sample = OutlineSample

  static let samples = [
    Sample("paragraphs", "One line\nand two.\n\n\n  Indented\n\n", ["p One line\nand two.", "p Indented"]),
    Sample(
      "bold, underlined and coloured letters of terminals and printed manuals",
      "N\u{8}NA\u{8}AM\u{8}ME\u{8}E\n\nThe _\u{8}f_\u{8}i_\u{8}l_\u{8}e and u\u{8}_, ü\u{8}ü.\n\u{8}\u{1B}[31mred\u{1B}[0m",
      ["h1 NAME", "p The file and u, ü.\nred"]),
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
    Sample(
      "versions above their changes",
      "Changes in version 1.22:\n    * New option --fast.\n\nChanges in version 1.20:\n    * Level 12.\n\n1.19\n\n * Level 11.",
      [
        "h2 Changes in version 1.22", "p * New option --fast.", "h2 Changes in version 1.20", "p * Level 12.",
        "h2 1.19",
        "p * Level 11.",
      ]),
    Sample(
      "versions without a blank line between them",
      "v2.0 - 2024-05-01\n- Two.\n- Three.\nv1.0 - 2023-05-01\n- One.",
      ["h2 v2.0 - 2024-05-01", "p - Two.\n- Three.", "h2 v1.0 - 2023-05-01", "p - One."]),
    Sample(
      "the changelog of a package",
      "zap (1.2-2) unstable; urgency=medium\n\n  * Rebuild.\n\n -- Ann <a@x>  Mon, 02 Jan 2023 13:06:21 +0100\n\nzap (1.2-1) unstable; urgency=low\n\n  * New.",
      [
        "h2 zap (1.2-2) unstable; urgency=medium", "p * Rebuild.",
        "p -- Ann <a@x>  Mon, 02 Jan 2023 13:06:21 +0100",
        "h2 zap (1.2-1) unstable; urgency=low", "p * New.",
      ]),
    Sample(
      "versions that are named in passing",
      "Version 1.2\n\nThis is the manual.\n\nIt grew since\nversion 1.0\n\nVersion 1.22\nhas brought threads to all who had waited for them so long.",
      [
        "p Version 1.2", "p This is the manual.", "p It grew since\nversion 1.0",
        "p Version 1.22\nhas brought threads to all who had waited for them so long.",
      ]),
    Sample(
      "one version alone",
      "zap 1.0    v1.22    2023-01-08\n\nVersion 1.1 (2024)\n\n    Copyright by Ann.",
      ["p zap 1.0    v1.22    2023-01-08", "p Version 1.1 (2024)", "p Copyright by Ann."]),
    Sample(
      "one version above its changes", "NEWS\n\nVersion 1.1 (2024-05-01)\n\n* New option.",
      ["p NEWS", "h2 Version 1.1 (2024-05-01)", "p * New option."]),
    Sample(
      "versions in a row", "Version 2.0\n\nVersion 1.0\n\nText.",
      ["p Version 2.0", "p Version 1.0", "p Text."]),
    Sample(
      "tables with a ruled head",
      "Pos  What        Qty\n--------------------\n1    Panel         2\n\nName      Value\n---------------\nheight    3 m\n\nI.  The Storm\n-------------\nIt rained.",
      [
        "p Pos  What        Qty\n--------------------\n1    Panel         2",
        "p Name      Value\n---------------\nheight    3 m", "h2 I.  The Storm", "p It rained.",
      ]),
    Sample(
      "listings between rows",
      "OPTIONS\n-------\n\nRun it:\n\n------------\n$ git bisect start\n\n$ git log --all\n------------\n\n[source]\n----\nleg up\n----\n\nNOTES\n-----\nText.",
      [
        "h2 OPTIONS", "p Run it:", "p ------------\n$ git bisect start", "p $ git log --all\n------------",
        "p [source]\n----\nleg up\n----", "h2 NOTES", "p Text.",
      ]),
    Sample(
      "a line between rows that are shorter",
      "It prints:\n\n------------------\nBisecting: 675 revisions\n------------------\n\n=========\nBoxed one\n=========",
      ["p It prints:", "p ------------------\nBisecting: 675 revisions\n------------------", "h1 Boxed one"]),
    Sample(
      "clauses of a contract",
      "RENTAL AGREEMENT\n\n1. TERM\n1.1 The lease begins in April.\n1.2 It ends if the Tenant\n    (a) owes rent, or\n    (b) dies.\n\n2. Deposit\n2.1 There is none.\n\n3. LAW\n\n3.1 English law.\n3.2 \"Courts\" are those of Bristol.",
      [
        "p RENTAL AGREEMENT", "h1 1. TERM", "p 1.1 The lease begins in April.",
        "p 1.2 It ends if the Tenant\n    (a) owes rent, or\n    (b) dies.", "h1 2. Deposit",
        "p 2.1 There is none.", "h1 3. LAW",
        "p 3.1 English law.", "p 3.2 \"Courts\" are those of Bristol.",
      ]),
    Sample(
      "numbers that are no clauses", "It cost\n2.5 Million or\n1.5 Million.\n\n1. Buy milk\n2.5 Litres of it",
      ["p It cost\n2.5 Million or\n1.5 Million.", "p 1. Buy milk\n2.5 Litres of it"]),
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

  @Test func `Indented lines keep their shape`() throws {
    let text = "Do this:\n\n\t:set a\n\t  :write\n\n  One line.\n\n  A first line\nis indented.\n"
    let document = try PlainTextParser().parse(Array(text.utf8))
    #expect(
      document.text
        == "Do this:\n\n        :set a\n          :write\n\nOne line.\n\nA first line\nis indented.\n")
    #expect(
      document.outline == [
        "p Do this:", "p :set a\n          :write", "p One line.", "p A first line\nis indented.",
      ])
  }

  @Test func `A numbered heading is no title, what stands in capitals above it is`() throws {
    func title(_ text: String) throws -> String? { try PlainTextParser().parse(Array(text.utf8)).title }
    #expect(try title("RENTAL AGREEMENT\n\n1. TERM\n\nApril.") == "RENTAL AGREEMENT")
    #expect(try title("Rental agreement\n\n1. TERM\n\nApril.") == nil)
    #expect(try title("1. TERM\n\nApril.") == nil)
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
