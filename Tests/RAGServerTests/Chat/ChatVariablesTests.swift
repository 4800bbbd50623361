import Commands
import TestSupport
import Testing

@testable import RAGServer

/// What is said of the settings of the chat at the start.
@Suite struct ChatVariablesTests {
  private func said(_ environment: [String: String]) throws -> String {
    let messages = MemorySink()
    let log = Log(output: Output(results: MemorySink(), messages: messages))
    try ChatVariables.check(Settings(environment: environment), log)
    return messages.text
  }

  @Test(arguments: [
    (["CHAT_PROVIDER": "openai"], "OPENAI_API_KEY"), (["CHAT_PROVIDER": "gemini"], "GEMINI_API_KEY"),
    (["CHAT_PROVIDER": "cohere", "OPENAI_API_KEY": "x"], "COHERE_API_KEY"),
  ])
  func `a provider without its key is named`(environment: [String: String], variable: String) throws {
    #expect(try said(environment).contains("The chat model cannot be asked: \(variable) is not set."))
  }

  @Test(arguments: [
    [:], ["CHAT_PROVIDER": "extractive"], ["CHAT_PROVIDER": "openai", "OPENAI_API_KEY": "x"],
    ["CHAT_PROVIDER": "openai", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"], ["GEMINI_API_KEY": "x"],
  ])
  func `others are not`(environment: [String: String]) throws {
    #expect(try said(environment) == "")
  }

  @Test func `what has no effect any more is named`() throws {
    #expect(try said(["OPENAI_ASSISTANT_ID": "asst_1"]).contains("OPENAI_ASSISTANT_ID has no effect"))
  }
}
