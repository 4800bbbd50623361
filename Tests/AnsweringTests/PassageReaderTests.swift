import Testing

@testable import Answering
@testable import Retrieval

@Suite struct PassageReaderTests {
  private func passage(_ text: String, headings: [String] = [], tableHead: String? = nil) -> Passage {
    var passage = Passage(
      chunk: 1, documentID: 1, document: "d.md", source: "/d.md", collection: "default", title: "Winches",
      headingPath: headings, start: 0, end: text.unicodeScalars.count, text: text, ordinal: 0, score: 1)
    passage.tableHead = tableHead
    return passage
  }

  @Test func `what is embedded for a statement names its title and the heading right above it`() {
    let text = "Ropes are old.\n\nDrums\n\nThey turn."
    let read = ReadPassage(passage(text, headings: ["Parts", "Ropes"]))
    #expect(
      read.statements.map(\.embedded.whole)
        == ["Winches > Ropes: Ropes are old.", "Drums", "Winches > Drums: They turn."])
    #expect(read.headings == ["winch", "part", "rop"])
  }

  @Test func `a statement is surrounded by the one before it and by its headings`() {
    let read = ReadPassage(passage("Drums\n\nThey turn. It stops."))
    #expect(read.statements[2].surroundings == [["drum"], ["they", "turn"]])
    let row = ReadPassage(passage("steel | 5", tableHead: "rope | tons")).statements[0]
    #expect(row.terms.isSuperset(of: ["steel", "5", "rop", "ton"]))
  }

  @Test func `what an answer is held against is read once for all answers`() {
    let reader = PassageReader<GroundingSource>(limit: 10)
    let first = reader.read(passage("Ropes are old. They wear in 3 years."))
    let again = reader.read(passage("Ropes are old. They wear in 3 years."))
    #expect(first.statements.map(\.text) == ["Ropes are old.", "They wear in 3 years."])
    #expect(first.numbers == ["3"] && again.statements == first.statements)
    #expect(first.isSame(as: again) && !first.isSame(as: GroundingSource(passage("Ropes are old."))))
  }

  @Test func `a passage that comes back is read as before, with other headings anew`() {
    let reader = PassageReader<ReadPassage>(limit: 3)
    let text = "Ropes are old. They wear."
    for headings in [["Ropes"], ["Drums"], ["Ropes"], ["Hooks"], ["Ropes"]] {
      let passage = passage(text, headings: headings)
      #expect(reader.read(passage).headings == ReadPassage(passage).headings)
      #expect(
        reader.read(passage).statements.map(\.embedded) == ReadPassage(passage).statements.map(\.embedded))
    }
  }
}

extension GroundingSource {
  /// Whether both share the memory of their statements.
  fileprivate func isSame(as other: GroundingSource) -> Bool {
    statements.withUnsafeBufferPointer { own in
      other.statements.withUnsafeBufferPointer { own.baseAddress == $0.baseAddress }
    }
  }
}
