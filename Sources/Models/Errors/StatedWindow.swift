/// The size of a model's window as the refusals of providers state it in words.
enum StatedWindow {
  /// OpenAI and vLLM; Gemini; Cohere; llama.cpp and others. The number comes next.
  private static let phrases = [
    "maximum context length is", "maximum context length of", "maximum number of tokens allowed",
    "prompt cannot exceed", "context window of", "context window is", "context size of", "context size (",
    "context length of only", "context length of", "context length is only", "context length is",
  ]
  /// Most characters between a phrase and its number.
  private static let reach = 12

  /// Nil if `message` states none.
  static func tokens(in message: String) -> Int? {
    let text = message.lowercased()
    for phrase in phrases {
      guard let found = text.firstRange(of: phrase) else { continue }
      let rest = text[found.upperBound...]
      guard let start = rest.prefix(reach).firstIndex(where: { ("0"..."9").contains($0) }) else { continue }
      let digits = rest[start...].prefix { ("0"..."9").contains($0) || $0 == "," }.filter { $0 != "," }
      if let number = Int(digits), number >= 256 { return number }
    }
    return nil
  }
}
