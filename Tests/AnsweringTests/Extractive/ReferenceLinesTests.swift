import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Indexes and tables of contents, and what only looks like them.
@Suite struct ReferenceLinesTests {
  private func statements(_ text: String, headings: [String] = []) -> [String] {
    Statement.statements(
      of: Passage(
        chunk: 1, documentID: 1, document: "d.pdf", source: "/d.pdf", collection: "default", title: "Bees",
        headingPath: headings, start: 0, end: text.unicodeScalars.count, text: text, ordinal: 0, score: 1,
        denseScore: 0.7), at: 0
    ).filter { $0.kind != .heading }.map(\.text)
  }

  @Test(arguments: [
    "brood, 12\n\ncolony, 8, 41–45\n\ndrone, 9\n\nhive, 3\n\nqueen, 17, 20",
    "brood, 12 colony, 8, 41–45 drone, 9\n\nhive, 3 hive tool, 60 queen, 17",
    "- brood, 12\n- colony, 8, 41-45\n- drone, 9\n- hive, 3\n- queen, 17",
    "B\n\nbrood, 12, 13\n\nC\n\ncolony, 8\n\ncomb, 7\n\nD\n\ndrone, 9\n\nE\n\neggs, 4",
    "Index\n\nwax, 4\n\nveil, 90",
    "1 Hives .......... 1\n\n1.1 Wood . . . . . 3\n\n2 Tools....9",
    "Contents\n\nThe hive, 1\n\nThe queen, 12",
  ])
  func `terms and titles with their pages are no statements`(text: String) {
    #expect(statements(text) == [])
    let among = "Bees live in hives.\n\n\(text)\n\nThe queen lays eggs."
    #expect(
      statements(among).first == "Bees live in hives." && statements(among).last == "The queen lays eggs.")
    #expect(statements(among).count == 2, "\(statements(among))")
  }

  @Test func `a heading tells a part of an index, too`() {
    #expect(statements("veil, 90 wax, 4", headings: ["Bees", "Index"]) == [])
    #expect(statements("veil, 90 wax, 4", headings: ["Bees"]) == ["veil, 90 wax, 4"])
  }

  @Test(arguments: [
    "- Ada Brook, 34\n- Tom Reed, 45\n- Lena Fox, 52\n- Max Hill, 29\n- Jo Field, 61",
    "Alpha, 1957\n\nBravo, 1961, 1962\n\nDelta, 1965\n\nEcho, 1969\n\nFoxtrot, 1972",
    "The hive was built in Leeds, 1990", "Honey sells for 12, wax for 4",
    "- eggs, 3\n- flour, 200\n- butter, 100", "The index rose to 12, then to 14. It fell to 9",
  ])
  func `lists and sentences that end with numbers stay`(text: String) {
    #expect(!statements(text).isEmpty)
    #expect(statements(text).joined(separator: " ").contains(text.suffix(2)))
  }

  @Test func `an index answers nothing`() async throws {
    let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))
    let text = "brood, 12 colony, 8, 41–45 drone, 9 hive, 3 hive tool, 60 queen, 17"
    let index = Passage(
      chunk: 1, documentID: 1, document: "d.pdf", source: "/d.pdf", collection: "default", title: "Bees",
      headingPath: ["Index"], start: 0, end: text.unicodeScalars.count, text: text, ordinal: 0, score: 1,
      denseScore: 0.9)
    let answer = try await answerer.answer("Where is the hive tool?", from: [index])
    #expect(!answer.answered && answer.citations.isEmpty)
  }
}
