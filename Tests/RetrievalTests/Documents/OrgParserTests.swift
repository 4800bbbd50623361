import Retrieval
import Testing

struct OrgParserTests {
  typealias Sample = OutlineSample

  static let samples = [
    Sample(
      "headings without tags and priorities",
      "#+TITLE: Journal\n#+STARTUP: overview\n* Beds\n** Bed 1: tomatoes :vegetables:red:\n** TODO [#A] Prune\n   DEADLINE: <2026-02-28 Sat>\n   Dry days.\n* DONE",
      [
        "h1 Beds", "h2 Bed 1: tomatoes", "h2 TODO Prune", "p DEADLINE: <2026-02-28 Sat>\nDry days.",
        "h1 DONE",
      ]),
    Sample(
      "drawers, comments and blocks",
      "* A\n  :PROPERTIES:\n  :AREA: 6 m2\n  :END:\n  Planted.\n# hidden\n#+BEGIN_SRC sh\n* no heading\n  ls\n#+END_SRC\n#+begin_quote\nSo it is.\n#+end_quote\n#+BEGIN_COMMENT\nhidden\n#+END_COMMENT\nEnd.",
      ["h1 A", "p Planted.", "c * no heading\n  ls", "q So it is.", "p End."]),
    Sample(
      "tables", "| Crop | Kilograms |\n|------+-----------|\n| Tomatoes | 23.5 |\n\nText.",
      ["t Crop | Kilograms\nTomatoes | 23.5", "p Text."]),
    Sample(
      "lists and links",
      "- One\n  goes on\n  - Inner\n1. First\n2) Second\n- Simmer :: two hours\n\nSee [[https://a.example][the page]] and [[b.org]].",
      [
        "li - One\ngoes on", "li - Inner", "li 1. First", "li 2) Second", "li - Simmer: two hours",
        "p See the page and b.org.",
      ]),
  ]

  @Test(arguments: samples)
  func `Org becomes headings, paragraphs, lists and tables`(sample: Sample) throws {
    #expect(try outline(OrgParser(), sample.text, name: "a.org") == sample.outline)
  }

  @Test func `the title is the one that the document sets, or its first heading`() throws {
    #expect(try OrgParser().parse(Array("#+TITLE: Journal\n* Beds\nText.".utf8)).title == "Journal")
    #expect(try OrgParser().parse(Array("* Beds\nText.".utf8)).title == "Beds")
  }

  @Test(arguments: ["#+BEGIN_SRC\nopen", ":PROPERTIES:\nopen", "|", "|-", "[[", "* ", "#+", "- "])
  func `what is left open ends with the document`(text: String) throws {
    _ = try OrgParser().parse(Array(text.utf8))
  }
}
