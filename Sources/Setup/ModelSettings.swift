import Commands
import Models
import Transformer

/// The settings that say where local models lie and how they compute.
public enum ModelSettings {
  /// The variables that `ModelDirectory` reads, as far as they are set.
  public static func environment(_ settings: Settings) -> [String: String] {
    var environment: [String: String] = [:]
    for name in ["FOOTNOTE_MODEL_DIR", "RERANK_MODEL_DIR", "XDG_CACHE_HOME", "HOME"] {
      environment[name] = settings[name]
    }
    return environment
  }

  /// The arithmetic that `FOOTNOTE_PRECISION` names; nil if it is not set.
  static func precision(_ settings: Settings) throws(UsageError) -> Precision? {
    try settings.read(
      "FOOTNOTE_PRECISION",
      ValueType<Precision>(placeholder: "PRECISION", expectation: "one of f32, bf16, int8 and auto") {
        text, _ in
        Precision(setting: text)
      })
  }
}
