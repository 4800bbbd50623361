import Glibc

/// Where a local model's files are, and what decided it.
public struct ModelDirectory: Sendable, Equatable {
  /// What named the directory, from the strongest to the weakest.
  public enum Source: String, Sendable {
    case flag = "--model or EMBEDDING_MODEL"
    case environment = "FOOTNOTE_MODEL_DIR"
    /// What the corpus was embedded with, which is known by its folder's name alone.
    case corpus = "the corpus's own model"
    case rerankEnvironment = "RERANK_MODEL_DIR"
    case standard = "the default place"
  }

  /// The model that is used when nothing names another.
  public static let defaultModel = "all-MiniLM-L6-v2"

  /// Models that `scripts/fetch-model.sh NAME` puts into the default place.
  private static let fetched = ["multilingual-e5-small"]

  /// The cross-encoder that reranks when nothing names another.
  public static let defaultReranker = "ms-marco-MiniLM-L6-v2"

  /// The directory's path, without a trailing slash.
  public let path: String
  /// The model's name: the last component of the path.
  public let name: String
  public let source: Source

  /// Finds the directory of a model.
  ///
  /// - Parameters:
  ///   - model: what the user asked for by a flag or `EMBEDDING_MODEL`: a path (anything with a slash) or a model's name.
  ///   - environment: `FOOTNOTE_MODEL_DIR`, `XDG_CACHE_HOME` and `HOME` are read from it.
  /// - Throws: `LocalModelError.notInstalled` when there is no model at the place.
  public static func locate(
    _ model: String? = nil, environment: [String: String]
  ) throws(LocalModelError) -> ModelDirectory {
    let directory = expected(model, environment: environment)
    guard directory.holdsModel else { throw .notInstalled(directory) }
    return directory
  }

  /// The place where a model belongs, whether it is there or not: where a download puts it.
  public static func expected(_ model: String? = nil, environment: [String: String]) -> ModelDirectory {
    if let model, model.utf8.contains(UInt8(ascii: "/")) {
      return ModelDirectory(path: expanded(model, environment), source: .flag)
    }
    if model == nil, let path = environment["FOOTNOTE_MODEL_DIR"], !path.isEmpty {
      return ModelDirectory(path: expanded(path, environment), source: .environment)
    }
    return ModelDirectory(
      path: "\(cache(environment))/\(model ?? defaultModel)", source: model == nil ? .standard : .flag)
  }

  /// Finds the directory of the cross-encoder that reranks: `RERANK_MODEL_DIR`, or the default place.
  ///
  /// - Throws: `LocalModelError.noReranker` when there is no model at the place.
  public static func locateReranker(environment: [String: String]) throws(LocalModelError) -> ModelDirectory {
    let named = environment["RERANK_MODEL_DIR"].flatMap { $0.isEmpty ? nil : $0 }
    let directory =
      named.map { ModelDirectory(path: expanded($0, environment), source: .rerankEnvironment) }
      ?? ModelDirectory(path: "\(cache(environment))/\(defaultReranker)", source: .standard)
    guard access(directory.path + "/config.json", F_OK) == 0 else { throw .noReranker(directory) }
    return directory
  }

  /// A leading `~/` is the home folder: values from `--model=~/x` and from `.env` come unexpanded.
  private static func expanded(_ path: String, _ environment: [String: String]) -> String {
    guard let home = environment["HOME"], path == "~" || path.hasPrefix("~/") else { return path }
    return home + path.dropFirst()
  }

  /// Where models are kept that have no place of their own.
  private static func cache(_ environment: [String: String]) -> String {
    let cache =
      environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : expanded($0, environment) }
      ?? (environment["HOME"] ?? "/root") + "/.cache"
    return cache + "/footnote/models"
  }

  public init(path: String, source: Source) {
    var path = path
    while path.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    self.path = path
    name = path.split(separator: "/").last.map(String.init) ?? path
    self.source = source
  }

  /// The flag or variable that names another directory in this one's place.
  var variable: String {
    switch source {
    case .flag: "--model"
    case .environment, .corpus, .standard: "FOOTNOTE_MODEL_DIR"
    case .rerankEnvironment: "RERANK_MODEL_DIR"
    }
  }

  /// The command that puts a model here.
  public var fetchCommand: String {
    if Self.fetched.contains(name), path.hasSuffix("/footnote/models/" + name) {
      return "scripts/fetch-model.sh " + name
    }
    // Without a name the script fetches the default model, into FOOTNOTE_MODEL_DIR if that is set.
    let isDefault = source == .environment || source == .standard || name == Self.defaultModel
    return isDefault ? "scripts/fetch-model.sh" : "ingest model pull " + name
  }

  /// Whether there is a model, as far as the names of its files tell.
  public var holdsModel: Bool {
    ["/config.json", "/modules.json"].contains { access(path + $0, F_OK) == 0 }
  }
}
