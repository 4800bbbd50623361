import Testing

@testable import Answering
@testable import Retrieval

/// Labels at the beginning of paragraphs, on the line of what they label.
@Suite struct RunInLabelTests {
  private func statements(_ text: String) -> [Statement] {
    Statement.statements(of: Passage.note(text), at: 0)
  }

  @Test(arguments: [
    "Funding. The Larkspur fund paid for it. It ends in May.",
    "What is covered. Your belongings are. Ours are not.",
    "Making a stock. Take a tube. Fill it.",
    "Bike to work. Two wheels are paid. So is a bell.",
  ])
  func `a label is part of the sentence behind it, and the others stand under it`(text: String) {
    let found = statements(text)
    let label = String(text.prefix { $0 != "." })
    #expect(found.count == 2 && found[0].text.hasPrefix(label + ". ") && found[0].under == nil)
    #expect(found.dropFirst().map(\.under) == [label])
  }

  @Test(arguments: [
    "Dogs may not. Cats may be kept.", "Yes. The shop is open.", "Never. It would break.",
    "It rains. Take a coat.", "The lamp glows. It is red.", "Hold the arm still. Then push.",
    "Funding.\nThe fund paid.", "Buy 5 eggs. Then cook them.",
    "The water boils and steams up. Switch it off.", "lower case. It is no label.",
  ])
  func `short sentences are no labels`(text: String) {
    #expect(statements(text).count == 2 && statements(text).allSatisfy { $0.under == nil })
  }
}
