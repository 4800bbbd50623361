import Testing

@testable import Answering
@testable import Retrieval

/// Numbered headings in texts that keep nothing of them but a line.
@Suite struct SectionNumberTests {
  @Test(arguments: [
    ("1. Name", "2. Members", true), ("1. Name", "1.1 Colours", true), ("2.3 Boats", "2.4 Oars", true),
    ("2.3 Boats", "3 Fees", true), ("2.3 Boats", "3. Fees", true), ("2.3 Boats", "2.3.1 Length", true),
    ("2.3 Boats", "2.5 Oars", false), ("2.3 Boats", "1. Boil", false), ("2. Members", "4. Fees", false),
    ("2. Members", "2. Members", false), ("1.9 Oars", "1.10 Seats", true),
  ])
  func `a number follows another`(first: String, second: String, follows: Bool) throws {
    let (first, second) = (try #require(SectionNumber(first.utf8)), try #require(SectionNumber(second.utf8)))
    #expect(second.follows(first) == follows)
  }

  @Test(arguments: ["Name", "2nd place", "2.", "2) Members", "1234 boats", ". a", ""])
  func `other lines have no such number`(line: String) {
    #expect(SectionNumber(line.utf8) == nil)
  }

  private func kinds(_ text: String, under heading: String) -> [Statement.Kind] {
    var passage = Passage.note(text)
    passage.headingPath = [heading]
    return Statement.statements(of: passage, at: 0).map(\.kind)
  }

  @Test func `the next heading is none of the section's statements`() {
    let text = "The colours are green.\n\n2. Members\n\nAnyone may join.\n\n3. Fees\n\nThey are low."
    #expect(kinds(text, under: "1. Name") == [.sentence, .heading, .sentence, .heading, .sentence])
    // Steps are no headings.
    let steps = "1. Open the lid\n\nIt is stiff.\n\n2. Take the cell out\n\nIt is warm."
    #expect(kinds(steps, under: "Cells") == [.item, .sentence, .item, .sentence])
    #expect(kinds("2. It is stiff and hard to open.\n\nIt is warm.", under: "1. Lid") == [.item, .sentence])
  }
}
