/// Why a local model cannot be used.
public enum LocalModelError: Error, Equatable, CustomStringConvertible {
  /// There is no model in the directory.
  case notInstalled(ModelDirectory)
  /// A file of the model in the directory is not there.
  case incomplete(ModelDirectory, missing: String)
  /// The environment names a directory without a model, while the one that the corpus needs is somewhere else.
  case misnamed(ModelDirectory, needed: ModelDirectory)
  /// There is no cross-encoder in the directory.
  case noReranker(ModelDirectory)
  /// The file that says what the model's cosines mean cannot be understood.
  case malformedScale(path: String, reason: String)

  public var description: String {
    switch self {
    case .notInstalled(let directory):
      """
      There is no embedding model in '\(directory.path)' (\(directory.source.rawValue)): \(directory.fault). \
      \(Self.remedy(directory))
      """
    case .incomplete(let directory, let file):
      """
      The embedding model in '\(directory.path)' (\(directory.source.rawValue)) is not whole: \(file) is missing. A model is \
      \(ModelDirectory.parts). Add what is missing, or name another folder with \(directory.variable).
      """
    case .misnamed(let directory, let needed):
      """
      There is no embedding model in '\(directory.path)' (\(directory.source.rawValue)): \(directory.fault). The corpus \
      needs '\(needed.name)', which is in '\(needed.path)'. Unset FOOTNOTE_MODEL_DIR, or set it to that folder.
      """
    case .malformedScale(let path, let reason):
      "Cannot read '\(path)': \(reason). Mend it, or remove it to do without."
    case .noReranker(let directory):
      """
      There is no reranker in '\(directory.path)' (\(directory.source.rawValue)). \
      Name the folder of a BERT or XLM-RoBERTa cross-encoder with RERANK_MODEL_DIR (config.json, model.safetensors and its \
      tokenizer), run 'ingest model pull cross-encoder/\(ModelDirectory.defaultReranker)', or set RERANK_PROVIDER to \
      none or cohere.
      """
    }
  }

  /// The command that mends it, where there is one.
  public var repair: String? {
    switch self {
    case .notInstalled(let directory):
      if let below = directory.modelBelow {
        return directory.source == .flag ? "--model \(below)" : "export \(directory.variable)=\(below)"
      }
      guard directory.isSomebodyElses else { return directory.fetchCommand }
      return directory.source == .flag ? nil : "unset \(directory.variable)"
    case .incomplete(let directory, _): return directory.source == .standard ? directory.fetchCommand : nil
    case .misnamed(_, let needed): return "export FOOTNOTE_MODEL_DIR=\(needed.path)"
    case .malformedScale, .noReranker: return nil
    }
  }

  /// What helps where there is no model in a directory.
  private static func remedy(_ directory: ModelDirectory) -> String {
    if let below = directory.modelBelow {
      return "There is one in '\(below)': name that folder with \(directory.variable)."
    }
    if directory.isSomebodyElses {
      let folder = "a folder with \(ModelDirectory.parts)"
      return directory.source == .flag
        ? "Name \(folder) with --model."
        : "Name \(folder), or unset \(directory.variable) and run '\(directory.fetchCommand)'."
    }
    let other = directory.source == .corpus ? "say where a folder of that name is" : "name another directory"
    return "Run '\(directory.fetchCommand)', or \(other) with \(directory.variable)."
  }
}
