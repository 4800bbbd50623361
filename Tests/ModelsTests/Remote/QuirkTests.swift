import Testing

@testable import Models

@Suite("Quirks")
struct QuirkTests {
  @Test(
    "are learned only from refusals of a parameter as such",
    arguments: [
      (
        400, "max_tokens", "Unsupported parameter: 'max_tokens' is not supported with this model.",
        "max_tokens"
      ),
      (
        400, "temperature", "Unsupported value: 'temperature' does not support 0.2 with this model.",
        "temperature"
      ),
      (
        400, nil, "Invalid JSON payload received. Unknown name \"stream_options\": Cannot find field.",
        "stream_options"
      ),
      (422, nil, "Extra inputs are not permitted: reasoning_effort", "reasoning_effort"),
      (400, "max_tokens", "Invalid 'max_tokens': integer above maximum value.", nil),
      (400, nil, "The stopper is not supported.", nil), (500, "temperature", "Unsupported parameter.", nil),
      (400, "top_k", "Unsupported parameter: top_k", nil),
    ] as [(Int, String?, String, String?)])
  func refusals(_ status: Int, _ parameter: String?, _ message: String, _ expected: String?) {
    let kind: ModelError.Kind = status == 500 ? .unavailable : .invalidRequest
    let error = ModelError(kind, provider: "openai", message: message, status: status, parameter: parameter)
    #expect(ChatQuirk(refusal: error)?.rawValue == expected)
  }

  @Test("are remembered once")
  func store() {
    let store = QuirkStore<EmbeddingQuirk>()
    #expect(store.insert(.noDimensions))
    #expect(!store.insert(.noDimensions))
    #expect(store.present == [.noDimensions])
  }
}
