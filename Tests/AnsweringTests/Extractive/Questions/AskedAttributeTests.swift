import Retrieval
import TestSupport
import Testing

@testable import Answering

/// What is asked of one entry of a list of settings.
@Suite struct AskedAttributeTests {
  @Test(arguments: [
    ("What is the default value of work_mem?", ["default"], "work mem"),
    ("What's the default for the work_mem parameter?", ["default"], "work mem parameter"),
    ("What does work_mem default to?", ["default"], "work mem"),
    ("What is the default port?", ["default"], "port"),
    (
      "What is the maximum size of an upload in bytes?", ["max", "maximum", "most", "exce", "size"], "upload"
    ),
    ("What is the capital of France?", ["capital"], "franc"),
  ])
  func `a question names a thing and what it asks of it`(
    question: String, stems: [String], name: String
  ) throws {
    let asked = try #require(AskedAttribute(Words.of(question)))
    #expect(asked.stems == Set(stems.map(Words.stem)), "\(asked)")
    #expect(asked.names.first?.joined(separator: " ") == name)
  }

  @Test(arguments: [
    "What is the purpose of work_mem?", "What is work_mem?", "How large is work_mem?",
    "What is the difference of the two?", "What is the value of patience?",
    "What is the default?", "What is the best known of all that was written about the history of it?",
  ])
  func `other questions do not`(question: String) {
    #expect(AskedAttribute(Words.of(question)) == nil)
  }

  private static let settings = """
    sort_size (integer)
    Sets the memory that a sort may take. The default is four megabytes. It must be at least 64 kilobytes.

    hash_factor (number)
    Multiplies sort_size for hashes. The default value is 2.0, twice the usual sort_size.
    """

  private func answer(_ question: String, _ text: String = settings) async throws -> String {
    let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel())
    return try await answerer.answer(question, from: [.note(text)]).answer
  }

  @Test func `the sentence below its term answers, not one that only names it`() async throws {
    #expect(try await answer("What is the default value of sort_size?").hasPrefix("The default is four"))
    #expect(try await answer("What does hash_factor default to?").hasPrefix("The default value is 2.0"))
    #expect(try await answer("What is the minimum of sort_size?").contains("It must be at least 64"))
  }

  @Test func `so does one below a heading that names it`() async throws {
    let text = """
      ## hash_factor

      Works with sort_size. The default is 2.

      ## sort_size

      For sorts. By default four megabytes are taken.
      """
    #expect(try await answer("What is the default of sort_size?", text).hasPrefix("By default four"))
  }

  @Test func `what overlaps is taken from the passage that holds its term`() async throws {
    let text = Self.settings
    let cut = try #require(text.firstRange(of: "The default is four"))
    let start = text.distance(from: text.startIndex, to: cut.lowerBound)
    var behind = Passage.note(String(text[cut.lowerBound...]))
    behind.start = start
    let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel())
    let reply = try await answerer.answer(
      "What is the default value of sort_size?", from: [behind, .note(text)])
    #expect(reply.answer.hasPrefix("The default is four"), "\(reply.answer)")
  }
}
