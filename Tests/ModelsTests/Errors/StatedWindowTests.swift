import Testing

@testable import Models

@Suite struct StatedWindowTests {
  @Test(arguments: [
    ("This model's maximum context length is 128000 tokens. However, you requested 140000 tokens", 128_000),
    ("The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).", 1_048_576),
    ("too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 5000.", 4081),
    ("request (9000 tokens) exceeds the available context size (4096 tokens), try increasing it", 4096),
    ("exceeds the model's context window of 8,192 tokens", 8192),
    ("too many tokens: size limit exceeded by 3 tokens", nil),
    ("Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000.", nil),
    ("context length is 12", nil), ("", nil),
  ])
  func whatARefusalStatesIsRead(message: String, tokens: Int?) {
    #expect(StatedWindow.tokens(in: message) == tokens)
  }

  @Test func aNumberOfItsOwnCountsMore() {
    let body = ErrorBody(
      Array(
        #"{"error":{"code":400,"message":"the request exceeds the available context size","n_ctx":4096}}"#
          .utf8))
    #expect(body.window == 4096)
  }

  @Test func aChatModelLearnsItsWindowFromARefusal() {
    let window = ChatWindow(8192)
    var error = ModelError(.contextLengthExceeded, provider: "openai", message: "Too long.")
    error.window = 2048
    window.learn(from: error)
    #expect(window.tokens == 2048)
    // The same again: the model counts more than we do.
    window.learn(from: error)
    #expect(window.tokens == 1843)
    for _ in 0..<20 { window.learn(from: error) }
    #expect(window.tokens == 1228)
    window.learn(from: ModelError(.timeout, provider: "openai", message: "Late."))
    #expect(window.tokens == 1228)
  }
}
