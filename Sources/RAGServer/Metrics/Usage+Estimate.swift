import Models

extension Usage {
  /// What a provider counts that read `request` and wrote `reply` before it was left, by an estimate of tokens.
  init(estimatedFor request: Models.ChatRequest, reply: String) {
    let counter = EstimatedTokenCounter(window: .max)
    let texts =
      request.messages.map(\.text) + request.tools.flatMap { [$0.name, $0.description, $0.parameters.text] }
    self.init(
      promptTokens: texts.map { counter.count($0) }.reduce(0, +), completionTokens: counter.count(reply))
  }
}
