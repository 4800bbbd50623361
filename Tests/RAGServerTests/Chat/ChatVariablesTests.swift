import Commands
import Setup
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

  @Test(arguments: [
    ("FALLBACK", "nonsense"), ("TOOLS", "nonsense"), ("UNSUPPORTED", "nonsense"),
    ("SYSTEM_PROMPT_FILE", "/nowhere/prompt.txt"), ("OPENAI_BASE_URL", "nonsense"),
    ("GEMINI_BASE_URL", "localhost:8000/v1"), ("COHERE_BASE_URL", "ftp://cohere.example"),
  ])
  func `a value that cannot be used is refused at the start`(variable: String, value: String) {
    let error = #expect(throws: UsageError.self) { try said([variable: value]) }
    #expect(error?.message.contains(variable) == true && error?.message.contains("'\(value)'") == true)
  }

  @Test func `an address that is none is not repeated where it may hold a password`() {
    let error = #expect(throws: UsageError.self) { try said(["OPENAI_BASE_URL": "ann:open-sesame@host/v1"]) }
    #expect(
      error?.message
        == "Environment variable OPENAI_BASE_URL needs an address such as https://api.openai.com/v1.")
  }

  @Test(arguments: ["off", "FALSE", "no", "0"])
  func `switches are off by any word for it`(word: String) throws {
    #expect(try !ToolBox.isOn(Settings(environment: ["TOOLS": word])))
    #expect(try !FallbackSetup.read(Settings(environment: ["FALLBACK": word])))
  }

  @Test func `what has no effect any more is named`() throws {
    #expect(try said(["OPENAI_ASSISTANT_ID": "asst_1"]).contains("OPENAI_ASSISTANT_ID has no effect"))
  }
}
