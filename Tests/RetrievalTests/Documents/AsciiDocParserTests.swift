import Retrieval
import Testing

struct AsciiDocParserTests {
  typealias Sample = OutlineSample

  static let samples = [
    Sample(
      "a header, attributes and comments",
      "= Larkspur's Guide\nIda Holm <ida@x>\n:toc: left\n:product: Larkspur\n:max-size: 16 TiB\n\n{product} stores {max-size}, {unset}.\n\n// Not for readers.\n////\nNor this.\n////\nifdef::x[]\nEnd.",
      ["h1 Larkspur's Guide", "p Ida Holm <ida@x>", "p Larkspur stores 16 TiB, {unset}.", "p End."]),
    Sample(
      "sections, also with rows below their titles and with ids",
      "== One\n\n[[reqs]]\n=== Two ===\nText.\n\n[#own]\n== Three\n\nOld title\n---------\nText.\n\nOlder\n~~~~~\nText.",
      [
        "h2 One", "h3 Two #reqs", "p Text.", "h2 Three #own", "h2 Old title", "p Text.", "h3 Older",
        "p Text.",
      ]),
    Sample(
      "listings",
      "Run it:\n\n[source,bash]\n----\n$ git log\n\n# == no heading\n----\n\n....\nas is\n....\n\n  indented\n   too\n\nDone.",
      ["p Run it:", "c $ git log\n\n# == no heading", "c as is", "c   indented\n   too", "p Done."]),
    Sample(
      "blocks of other kinds",
      ".A title\n====\nNOTE: Mind *this*.\n====\n\n[quote,Ann]\n____\nSo it is.\n____\n\nAfter.",
      ["p A title", "p NOTE: Mind this.", "q So it is.", "p After."]),
    Sample(
      "lists",
      "* One\n  goes on\n** Deeper\n* Two\n\n. First\n+\nattached\n. Second\n.. Inner\n\nText.\n\n. First again\n\n<1> A callout\n- dash",
      [
        "li - One\ngoes on", "li - Deeper", "li - Two", "li 1. First", "p attached", "li 2. Second",
        "li 1. Inner", "p Text.",
        "li 1. First again", "li 1. A callout", "li - dash",
      ]),
    Sample(
      "terms",
      "--soft::\n    Keeps the files.\n\n--hard:: Drops them.\n\n`-n`::\n`--dry-run`::\n  Shows it.",
      ["p --soft\nKeeps the files.", "p --hard\nDrops them.", "p -n", "p --dry-run\nShows it."]),
    Sample(
      "tables",
      "[cols=\"1,2\"]\n|===\n|Kind |Kept\n\n|hourly\n|24\n\n|daily | 14\n|===\n\n|===\n|a|b\n|c|d\n|===",
      ["t Kind | Kept\nhourly | 24\ndaily | 14", "t a | b\nc | d"]),
    Sample(
      "words with marks and links",
      "See <<reqs,the requirements>>, https://a.example/x[the page], linkgit:git-log[1], link:b.html[B] and *bold* _words_ of `co_de_x`.footnote:[Once.] 2 * 3 * 4, snake_case_name, **all**bold, array[0].",
      [
        "p See the requirements, the page, git-log(1), B and bold words of co_de_x. (Once.) 2 * 3 * 4, snake_case_name, allbold, array[0]."
      ]),
  ]

  @Test(arguments: samples)
  func `AsciiDoc becomes sections, paragraphs, lists, listings and tables`(sample: Sample) throws {
    #expect(try outline(AsciiDocParser(), sample.text, name: "a.adoc") == sample.outline)
  }

  @Test(arguments: [
    "----\nopen", "|===\n|a", "[cols=\"0*\"]\n|===\n|a\n|===", "a::", "[[", "<<", "*", "////", "[", ".",
  ])
  func `what is left open ends with the document`(text: String) throws {
    _ = try AsciiDocParser().parse(Array(text.utf8))
  }

  @Test func `the title is the document's`() throws {
    #expect(try AsciiDocParser().parse(Array("= The Guide\n\nText.".utf8)).title == "The Guide")
  }
}
