import Commands
import Retrieval
import Setup

/// A way of searching that is measured: a mode, and variables that count for it alone.
struct SearchSetting: Sendable, Hashable {
  /// As it is written, such as `hybrid` or `hybrid,MERGE_PASSAGES=off`.
  var name: String
  var mode: SearchMode
  var variables: [String: String] = [:]

  init(_ mode: SearchMode) {
    name = mode.rawValue
    self.mode = mode
  }

  /// Nil if `text` is none.
  init?(_ text: String) {
    name = text
    mode = .hybrid
    var isModeNamed = false
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      if let mode = SearchMode(rawValue: String(part)) {
        if isModeNamed { return nil }
        (self.mode, isModeNamed) = (mode, true)
        continue
      }
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2, Self.names.contains(sides[0]) else { return nil }
      variables[sides[0]] = sides[1]
    }
    if !isModeNamed, variables.keys.contains(where: { $0.hasPrefix("RERANK_") || $0.hasPrefix("COHERE_") }) {
      mode = .reranked
    }
  }

  /// A searcher of the same corpus and model with the setting's variables.
  func searcher(like other: Searcher, _ invocation: Invocation) async throws -> Searcher {
    let own = Invocation(
      arguments: invocation.arguments, settings: invocation.settings.with(variables),
      output: invocation.output, log: invocation.log)
    return try await Searcher(
      corpus: other.corpus, model: other.model, vectors: try CorpusOptions.setup(own).vectors,
      extras: try CorpusOptions.extras(own))
  }

  /// Variables that may differ between two settings: what decides at the time of a search.
  static let names = RerankSetup.variables.map(\.name) + ["VECTOR_MEMORY"]

  static let setting = ValueType<SearchSetting>(
    placeholder: "SETTING", expectation: "a mode, or one of \(names.joined(separator: ", ")) with its value"
  ) { text, _ in SearchSetting(text) }

  static let pair = ValueType<[SearchSetting]>(
    placeholder: "A B",
    expectation:
      "two settings, such as 'hybrid dense' or 'hybrid hybrid,MERGE_PASSAGES=off' (a mode, or one of \(names.joined(separator: ", ")))"
  ) { text, _ in
    let settings = text.split(separator: ":").compactMap { SearchSetting(String($0)) }
    return settings.count == 2 && settings[0] != settings[1] ? settings : nil
  }
}
