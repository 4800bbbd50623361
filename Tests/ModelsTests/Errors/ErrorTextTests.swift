import HTTPClient
import Testing

@testable import Models

@Suite("Error texts")
struct ErrorTextTests {
  static let key = "sk-proj-Abc123_secret"

  private func refusal(_ status: Int, _ body: String, endpoint: ProviderEndpoint? = nil) -> String {
    let errors = ErrorContext(
      endpoint: endpoint ?? .openAI { Self.key }, model: "gpt-9", modelVariable: "OPENAI_MODEL")
    return errors.refusal(HTTPResponseHead(status: status), Array(body.utf8)).description
  }

  @Test("say what failed, why and what to do")
  func texts() {
    #expect(
      refusal(
        401, #"{"error":{"message":"Incorrect API key provided: \#(Self.key).","code":"invalid_api_key"}}"#)
        == "OpenAI refuses the key (401). It says: Incorrect API key provided: [key]. Check OPENAI_API_KEY: the "
        + "key may be missing, mistyped, revoked, or not allowed to use 'gpt-9' or to be used from here.")
    #expect(
      refusal(502, "<html><title>502 Bad\n Gateway</title></html>")
        == "OpenAI is not available (502). An HTML page came instead of an answer: '502 Bad Gateway'. Try again "
        + "later; if it lasts, check the provider's status page and OPENAI_BASE_URL.")
    #expect(
      refusal(429, "", endpoint: .gemini { nil })
        == "Gemini refuses: too many requests in a short time (429). It gave no reason. Try again in a while, or "
        + "send fewer requests at a time.")
    #expect(
      refusal(
        404, "404 page not found", endpoint: .openAI(baseURL: "http://u:pw@localhost:11434/?k=1") { nil })
        == "The server at localhost:11434 refuses the request (404). It says: 404 page not found. Check "
        + "OPENAI_BASE_URL, which is 'http://localhost:11434/'. OpenAI-compatible servers usually need '/v1' at "
        + "its end.")
  }

  @Test("name the setting of a missing or broken key")
  func keys() {
    let errors = ErrorContext(endpoint: .cohere { nil }, model: "m", modelVariable: "COHERE_MODEL")
    #expect(
      errors.missingKey.description
        == "There is no key for Cohere. Set COHERE_API_KEY, in the environment or in '.env'.")
    #expect(errors.failure(HTTPClientError(.badHeader, "x")).kind == .authentication)
    #expect(errors.failure(HTTPClientError(.badHeader, "x")).hint.contains("COHERE_API_KEY"))
  }

  @Test(
    "of a broken connection keep its kind",
    arguments: [
      (HTTPClientError.Code.timeout, ModelError.Kind.timeout, true), (.cannotConnect, .unavailable, true),
      (.dns, .unavailable, true), (.cutOff, .unavailable, true), (.tls, .unavailable, false),
      (.closed, .unavailable, false), (.failed, .unavailable, true),
      (.invalidResponse, .invalidResponse, false),
      (.tooLarge, .invalidResponse, false), (.tooManyRedirects, .invalidResponse, false),
      (.badURL, .invalidRequest, false), (.cancelled, .cancelled, false),
    ])
  func transport(_ code: HTTPClientError.Code, _ kind: ModelError.Kind, _ isRetryable: Bool) {
    let error = ErrorKindTests.errors.failure(HTTPClientError(code, "It broke."))
    #expect(error.kind == kind)
    #expect(error.isRetryable == isRetryable)
  }

  @Test(
    "hold no key",
    arguments: [
      ("plain k1y2z3w4 inside", "plain [key] inside"), ("sk-other-abcdef12", "[key]"),
      ("masked sk-ab***********wxyz.", "masked [key]"), ("key=AIzaSyA-1234567890", "key=[key]"),
      ("Authorization: Bearer abcd1234", "Authorization: Bearer [key]"), ("bearer of news", "bearer of news"),
      ("task-force sk-1", "task-force sk-1"), ("\"sk-proj-aaaa_bbbb\", ok", "\"[key]\", ok"), ("", ""),
    ])
  func redaction(_ text: String, _ expected: String) {
    #expect(Redaction.redact(text, key: "k1y2z3w4") == expected)
  }

  @Test("do not grow with what the provider sends")
  func length() {
    let text = refusal(400, String(repeating: "long \n", count: 10_000))
    #expect(text.count < 600)
    #expect(!text.contains("\n"))
  }
}
