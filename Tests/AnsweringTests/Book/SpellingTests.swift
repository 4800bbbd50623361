import Testing

@testable import Answering
@testable import Retrieval

/// Questions to the sample book, as they are and with a slip in their longest word.
@Suite(SampleBook.condition) struct SpellingTests {
  private struct Question: Decodable {
    var text: String
  }

  /// The two letters in the middle of the longest plain word exchanged.
  private static func mistyped(_ question: String) -> String? {
    let words = question.split(separator: " ").filter { word in
      word.allSatisfy { $0.isASCII && $0.isLowercase }
    }
    guard let word = words.max(by: { $0.count < $1.count }), word.count > 6 else { return nil }
    var letters = Array(word)
    letters.swapAt(letters.count / 2, letters.count / 2 + 1)
    guard letters != Array(word) else { return nil }
    return question.replacing(word, with: String(letters), maxReplacements: 1)
  }

  @Test func `mistyped questions find what they find without slips, and others stay as they are`()
    async throws
  {
    let questions: [Question] = try SampleBook.lines("corpus-questions/queries.jsonl")
    let searcher = try await SampleBook.answerer().searcher
    var asked = 0
    var same = (corrected: 0, asWritten: 0)
    var meddled: [String] = []
    for question in questions.prefix(60) {
      let right = try await searcher.search(SearchQuery(question.text, limit: 1))
      if let other = right.correctedQuery { meddled.append(other) }
      guard let wrong = Self.mistyped(question.text) else { continue }
      asked += 1
      var query = SearchQuery(wrong, limit: 1)
      if try await searcher.search(query).passages.first?.source == right.passages.first?.source {
        same.corrected += 1
      }
      query.correctsSpelling = false
      if try await searcher.search(query).passages.first?.source == right.passages.first?.source {
        same.asWritten += 1
      }
    }
    #expect(meddled.isEmpty)
    #expect(asked > 40)
    #expect(same.corrected >= asked * 9 / 10, "\(same) of \(asked)")
    #expect(same.corrected > same.asWritten, "\(same) of \(asked)")
  }

  @Test func `an answer says how it understood the question`() async throws {
    let answer = try await SampleBook.answerer().answer("What is a harmnoic drive?")
    #expect(answer.rewrittenQuestion == "What is a harmonic drive?")
    #expect(answer.question == "What is a harmnoic drive?" && answer.answered)
  }
}
