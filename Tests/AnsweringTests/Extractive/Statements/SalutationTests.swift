import Testing

@testable import Answering

/// Lines that open a letter are no statements.
@Suite struct SalutationTests {
  @Test(arguments: [
    "Dear Ms Berg,", "Hi all,", "Hallo zusammen,", "Liebe Kolleginnen und Kollegen,", "Bonjour Maëlle,",
  ])
  func `a salutation says nothing`(line: String) {
    let statements = Statement.statements(of: .note("\(line)\n\nThe shed is open."), at: 0)
    #expect(statements.map(\.text) == ["The shed is open."])
  }

  @Test(arguments: [
    "Dear is what costs much.", "Hello, world, and all who live in this wide and wonderful place,",
  ])
  func `other lines are read`(line: String) {
    #expect(Statement.statements(of: .note("\(line)\n\nThe shed is open."), at: 0).count == 2)
  }

  @Test(arguments: [
    ("From: Ann <a@example.org>\nTo: all\nDate: Mon, 2 Mar 2026", true),
    ("Von: Ann\n*Gesendet:* Montag\nBetreff: Beete", true),
    ("From: the gate", false), ("Ann wrote: from\nTo: the shed", false),
  ])
  func `the head of a message is told`(text: String, isHead: Bool) {
    let statement = Statement(kind: .sentence, range: 0..<1, text: text, passage: 0, position: 0)
    #expect(statement.isMessageHead == isHead)
  }
}
