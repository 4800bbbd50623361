import Answering
import FoundationEssentials
import Models
import Testing

@testable import RAGServer

@Suite struct ResponseObjectTests {
  private func citation(_ number: Int, _ source: String, _ more: String = "") throws -> Citation {
    let json = """
      {"number": \(number), "document": "\(source.split(separator: "/").last ?? "")", "source": "\(source)", \
      "heading_path": [], "start": 7, "end": 51, "quote": "Rotate them."\(more)}
      """
    return try JSONDecoder().decode(Citation.self, from: Data(json.utf8))
  }

  private func answer(_ text: String, _ citations: [Citation]) -> Answer {
    Answer(question: "Q", answer: text, answered: true, confidence: 1, citations: citations)
  }

  private func object() throws -> ResponseObject {
    ResponseObject(try ResponseRequest(["model": "footnote", "input": "How?"]))
  }

  @Test func `a document on the web is cited by its address, any other by its name`() throws {
    let text = "𝄞 One. [1] Two. [2][3] `a[1]` Again. [1] Three. [4]"
    let annotations = ResponseAnnotation.all(
      in: answer(
        text,
        [
          try citation(1, "/docs/keys.md", #", "title": "Keys", "url": "https://e.org/keys#rotate""#),
          try citation(2, "/docs/a.md"), try citation(3, "/docs/b.md"), try citation(4, "/docs/a.md"),
        ]))
    #expect(
      annotations.map { $0["type"] } == [
        "url_citation", "file_citation", "file_citation", "url_citation", "file_citation",
      ])
    #expect(annotations[0]["url"] == "https://e.org/keys#rotate" && annotations[0]["title"] == "Keys")
    #expect(annotations[1]["file_id"] == "/docs/a.md" && annotations[1]["filename"] == "a.md")
    // The file's place among those that are cited, whichever number it is cited by.
    #expect(annotations.compactMap { $0["index"]?.integer } == [0, 1, 0])
    let scalars = Array(text.unicodeScalars)
    let marks = annotations.map { annotation in
      let range = (annotation["start_index"]?.integer ?? 0)..<(annotation["end_index"]?.integer ?? 0)
      return String(String.UnicodeScalarView(scalars[range]))
    }
    #expect(marks == ["[1]", "[2]", "[3]", "[1]", "[4]"])
    for annotation in annotations { ResponsesContract.check(annotation, "Annotation") }
  }

  @Test func `a page without a title is named like its document`() throws {
    let page = try citation(1, "https://e.org/keys", #", "url": "https://e.org/keys""#)
    let annotation = ResponseAnnotation.all(in: answer("[1]", [page])).first
    #expect(
      annotation?["title"] == "keys" && annotation?["start_index"] == 0 && annotation?["end_index"] == 3)
  }

  static let codes: [(String?, String)] = [
    ("rate_limit_exceeded", "rate_limit_exceeded"), ("context_length_exceeded", "invalid_prompt"),
    ("server_stopping", "server_error"), (nil, "server_error"),
  ]

  @Test(arguments: codes)
  func `a failure has its own code, and in the response the nearest of the contract's`(
    code: String?, nearest: String
  ) throws {
    var object = try object()
    let error = OpenAIError(message: "It failed.", type: "server_error", code: code)
    let frames = try object.frames(for: .failed(error))
    let values = try frames.map { try JSONValue(parsing: $0.data.utf8) }
    #expect(frames.map(\.event) == ["error", "response.failed"])
    #expect(values[0]["code"]?.string == code && values[0]["message"] == "It failed.")
    #expect(values[1]["response"]?["error"] == ["code": .string(nearest), "message": "It failed."])
    ResponsesContract.check(values[0], "ResponseErrorEvent")
    ResponsesContract.check(values[1], "ResponseFailedEvent")
  }

  @Test func `an answer without a text is a response all the same`() throws {
    var object = try object()
    let steps: [OpenAIStep] = [.begun, .done(answer("", []))]
    let frames = try steps.flatMap { try object.frames(for: $0) }
    for (index, frame) in frames.enumerated() {
      let value = try JSONValue(parsing: frame.data.utf8)
      #expect(value["sequence_number"]?.integer == index)
      ResponsesContract.check(value, ResponsesContract.events[frame.event ?? ""] ?? "")
    }
    #expect(!frames.contains { $0.event == "response.output_text.delta" })
    #expect(frames.last?.event == "response.completed")
  }

  @Test func `the contract's schema finds what is wrong`() {
    let bad: JSONValue = ["type": "url_citation", "url": "https://e.org", "start_index": 0]
    #expect(!ResponsesContract.schema.problems(in: bad, definition: "Annotation").isEmpty)
    #expect(!ResponsesContract.schema.problems(in: ["id": "resp_1"], definition: "Response").isEmpty)
  }
}
