/// A frame of a streamed completion, or a whole one; every member may be missing.
struct OpenAIChatChunk: Decodable {
  struct Choice: Decodable {
    var index: Int?
    var delta: Message?
    /// In place of `delta` where the server does not stream.
    var message: Message?
    var finishReason: String?
  }

  struct Message: Decodable {
    var content: Content?
    var refusal: String?
    var toolCalls: [Call]?
  }

  struct Call: Decodable {
    struct Function: Decodable {
      var name: String?
      var arguments: Arguments?
    }
    var index: Int?
    var id: String?
    var function: Function?
    /// Gemini's thought signature.
    var extraContent: JSONValue?
  }

  /// Text, or a list of parts with text.
  struct Content: Decodable {
    var text: String

    init(from decoder: any Decoder) throws {
      let value = try JSONValue(from: decoder)
      text = value.string ?? (value.array ?? []).compactMap { $0["text"]?.string }.joined()
    }
  }

  /// JSON as text, or, from some servers, the JSON itself.
  struct Arguments: Decodable {
    var text: String

    init(from decoder: any Decoder) throws {
      let value = try JSONValue(from: decoder)
      text = value.string ?? (value == .null ? "" : value.text)
    }
  }

  struct Usage: Decodable {
    struct Details: Decodable {
      var cachedTokens: Int?
    }
    var promptTokens: Int?
    var completionTokens: Int?
    var promptTokensDetails: Details?
  }

  var choices: [Choice]?
  var usage: Usage?
  /// An error inside a stream that had begun well.
  var error: JSONValue?
  /// `error` in the old shape of vLLM's errors.
  var object: String?
}
