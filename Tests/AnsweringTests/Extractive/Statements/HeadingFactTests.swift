import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

@Suite struct HeadingFactTests {
  private let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))

  private func passage(_ chunk: Int, _ heading: String, _ text: String, near: Double) -> Passage {
    Passage(
      chunk: chunk, documentID: chunk, document: "d.md", source: "/d.md", collection: "default",
      title: "Tidewatch", headingPath: [heading], start: 0, end: text.unicodeScalars.count, text: text,
      ordinal: 0, score: 1, denseScore: near)
  }

  private func answer(_ question: String, near: Double = 0.8) async throws -> Answer {
    try await answerer.answer(
      question,
      from: [
        passage(1, "[3.2.2] - 2025-03-04", "Alerts are sent once.", near: near),
        passage(2, "[3.1.0] - 2024-05-12", "A map of all stations. Export to CSV.", near: near),
        passage(3, "Founded 1987", "Ada Brook started the company in Bergen.", near: near),
        passage(4, "2.0", "It came in 2019.", near: near),
      ])
  }

  @Test(arguments: [
    ("When was 3.1.0 released?", "[3.1.0] - 2024-05-12: "),
    ("What is the release date of 3.2.2?", "[3.2.2] - 2025-03-04: Alerts are sent once. [1]"),
    ("Which version brought export to CSV?", "[3.1.0] - 2024-05-12: Export to CSV. [1]"),
    ("When was the company started in Bergen?", "Founded 1987: Ada Brook started"),
  ])
  func `the heading that holds what is asked for is named`(question: String, start: String) async throws {
    let answer = try await answer(question)
    #expect(answer.answer.hasPrefix(start), "\(answer.answer)")
    #expect(answer.citations.first?.headingPath == [String(start.prefix { $0 != ":" })])
  }

  @Test(arguments: ["Who started the company in Bergen?", "When did it come, in 2019?"])
  func `it is not where the statement says so, or something else is asked for`(question: String) async throws
  {
    let answer = try await answer(question)
    #expect(
      answer.citations.contains { $0.quote == answer.answer.prefix($0.quote.count) }, "\(answer.answer)")
  }

  @Test func `a version that is named is found though the question resembles no text`() async throws {
    let found = try await answer("When was 3.1.0 released?", near: 0.1)
    #expect(found.answered && found.confidence >= 0.7 && found.answer.hasPrefix("[3.1.0] - 2024-05-12: "))
    #expect(try await !answer("When was 9.9.9 released?", near: 0.1).answered)
    #expect(try await !answer("When was 2.0 released?", near: 0.1).answered)
  }
}
