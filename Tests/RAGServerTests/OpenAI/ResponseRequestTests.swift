import Answering
import Models
import Testing

@testable import RAGServer

@Suite struct ResponseRequestTests {
  private func read(_ body: String) throws -> ResponseRequest {
    try ResponseRequest(JSONValue(parsing: body.utf8))
  }

  private func refusal(_ body: String) throws -> OpenAIError? {
    do {
      _ = try read(body)
      return nil
    } catch let error as OpenAIError {
      return error
    }
  }

  @Test func `a text is a question without a conversation`() throws {
    let request = try read(#"{"model": "m", "input": "Why?"}"#)
    #expect(request.asked.question == "Why?" && request.asked.history.isEmpty && !request.asked.streams)
    #expect(request.asked.instructions == nil && request.asked.maximumTokens == nil)
    #expect(request.toolChoice == "auto" && request.callsToolsInParallel && request.metadata.isEmpty)
  }

  @Test func `the instructions come before those of the messages`() throws {
    let input = #"[{"role": "developer", "content": "B"}, {"role": "user", "content": "Why?"}]"#
    for (own, all) in [(#""A""#, "A\n\nB"), ("null", "B"), (#""""#, "B")] {
      let request = try read(#"{"model": "m", "instructions": \#(own), "input": \#(input)}"#)
      #expect(request.asked.instructions == all)
    }
  }

  @Test func `what follows the last question is not part of the conversation`() throws {
    let request = try read(
      #"""
      {"model": "m", "input": [
        {"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Ann."},
        {"role": "user", "content": "Why?"}, {"role": "assistant", "content": [{"type": "refusal", "refusal": "No."}]}]}
      """#)
    #expect(request.asked.question == "Why?")
    #expect(request.asked.history == [.user("Who?"), .assistant("Ann.")])
  }

  static let refusals: [(String, String?, String?)] = [
    ("[]", nil, nil), (#"{"input": "a"}"#, "model", "missing_required_parameter"),
    (#"{"model": "m"}"#, "input", "missing_required_parameter"),
    (#"{"model": "m", "input": null}"#, "input", "missing_required_parameter"),
    (#"{"model": "m", "input": []}"#, "input", "invalid_value"),
    (#"{"model": "m", "input": 7}"#, "input", "invalid_value"),
    (#"{"model": "m", "input": " "}"#, "input", "invalid_value"),
    (#"{"model": "m", "input": ["a"]}"#, "input[0]", "invalid_value"),
    (#"{"model": "m", "input": [{"role": "system", "content": "a"}]}"#, "input", "invalid_value"),
    (#"{"model": "m", "input": [{"role": "tool", "content": "a"}]}"#, "input[0].role", "invalid_value"),
    (#"{"model": "m", "input": [{"role": "user"}]}"#, "input[0].content", "missing_required_parameter"),
    (#"{"model": "m", "input": [{"type": "message"}]}"#, "input[0].role", "missing_required_parameter"),
    (
      #"{"model": "m", "input": [{"role": "user", "content": [{"text": "a"}]}]}"#,
      "input[0].content[0].type", "missing_required_parameter"
    ),
    (#"{"model": "m", "input": [{"id": "msg_1"}]}"#, "input[0]", "invalid_value"),
    (#"{"model": "m", "input": [{"type": "item_reference", "id": "msg_1"}]}"#, "input[0]", "invalid_value"),
    (#"{"model": "m", "input": [{"type": "compaction"}]}"#, "input[0].type", "invalid_value"),
    (#"{"model": "m", "input": "a", "instructions": ["b"]}"#, "instructions", "invalid_type"),
    (#"{"model": "m", "input": "a", "stream": "yes"}"#, "stream", "invalid_type"),
    (#"{"model": "m", "input": "a", "stream_options": {}}"#, "stream_options", "invalid_value"),
    (#"{"model": "m", "input": "a", "store": "yes"}"#, "store", "invalid_type"),
    (#"{"model": "m", "input": "a", "temperature": 3}"#, "temperature", "invalid_value"),
    (#"{"model": "m", "input": "a", "top_p": -1}"#, "top_p", "invalid_value"),
    (
      #"{"model": "m", "input": "a", "max_output_tokens": 15}"#, "max_output_tokens",
      "integer_below_min_value"
    ),
    (#"{"model": "m", "input": "a", "max_output_tokens": "9"}"#, "max_output_tokens", "invalid_type"),
    (#"{"model": "m", "input": "a", "metadata": []}"#, "metadata", "invalid_type"),
    (#"{"model": "m", "input": "a", "metadata": {"b": 1}}"#, "metadata.b", "invalid_type"),
    (#"{"model": "m", "input": "a", "messages": []}"#, "messages", "unsupported_parameter"),
    (#"{"model": "m", "input": "a", "max_tokens": 9}"#, "max_tokens", "unsupported_parameter"),
    (#"{"model": "m", "input": "a", "stop": "b"}"#, "stop", "unsupported_parameter"),
  ]

  @Test(arguments: refusals)
  func `what cannot be understood is refused by name`(body: String, parameter: String?, code: String?) throws
  {
    let error = try #require(try refusal(body), "it was taken")
    #expect(error.status.code == 400 && error.type == "invalid_request_error")
    #expect(error.parameter == parameter && error.code == code, "\(error)")
  }

  @Test func `metadata may be as much as the contract allows, and no more`() throws {
    func request(_ count: Int, _ name: Int, _ value: Int) -> String {
      let members = (0..<count).map {
        "\"\($0)\(String(repeating: "n", count: name - "\($0)".count))\": \"\(String(repeating: "v", count: value))\""
      }
      return #"{"model": "m", "input": "a", "metadata": {\#(members.joined(separator: ", "))}}"#
    }
    #expect(try read(request(16, 64, 512)).metadata.count == 16)
    for (count, name, value) in [(17, 2, 1), (1, 65, 1), (1, 1, 513)] {
      #expect(try refusal(request(count, name, value))?.parameter?.hasPrefix("metadata") == true)
    }
  }
}
