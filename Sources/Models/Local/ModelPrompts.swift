/// What a model wants before the texts that it embeds.
struct ModelPrompts: Sendable, Equatable {
  /// Names by which model files call the text put before questions and before documents.
  private static let queryNames = ["query", "s2p_query"]
  private static let documentNames = ["document", "passage", "corpus"]

  var query: String
  var document: String

  /// - Parameters:
  ///   - prompts: what the model's own files say, by name.
  ///   - model: the model's name, which tells those whose files say nothing.
  init(_ prompts: [String: String], model: String) {
    func prompt(_ names: [String]) -> String { names.lazy.compactMap { prompts[$0] }.first ?? "" }
    query = prompt(Self.queryNames)
    document = prompt(Self.documentNames)
    if query.isEmpty, document.isEmpty, Self.isE5(model) { (query, document) = ("query: ", "passage: ") }
  }

  /// Whether a model is called as one of the E5 family that was trained with these two words before its texts (Wang et
  /// al., "Text Embeddings by Weakly-Supervised Contrastive Pre-training", 2022) and says so in its description alone.
  /// Those for instructions are trained with others.
  private static func isE5(_ model: String) -> Bool {
    var parts = model.lowercased().split(separator: "-", omittingEmptySubsequences: false)[...]
    if parts.first == "multilingual" { parts.removeFirst() }
    guard parts.first == "e5", let size = parts.dropFirst().first, ["small", "base", "large"].contains(size)
    else { return false }
    return parts.dropFirst(2).isEmpty || [["v2"], ["unsupervised"]].contains(Array(parts.dropFirst(2)))
  }
}
