/// Why a local model cannot be used.
public enum LocalModelError: Error, Equatable, CustomStringConvertible {
  /// There is no model in the directory.
  case notInstalled(ModelDirectory)
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
      There is no embedding model in '\(directory.path)' (\(directory.source.rawValue)). \
      Run '\(directory.fetchCommand)', or \(directory.source == .corpus ? "say where a folder of that name is" : "name another directory") with \
      FOOTNOTE_MODEL_DIR.
      """
    case .misnamed(let directory, let needed):
      """
      There is no embedding model in '\(directory.path)' (\(directory.source.rawValue)): it holds no config.json. The corpus \
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
}
