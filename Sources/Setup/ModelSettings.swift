import Commands
import Models

/// The settings that say where local models lie.
public enum ModelSettings {
  /// The variables that `ModelDirectory` reads, as far as they are set.
  public static func environment(_ settings: Settings) -> [String: String] {
    var environment: [String: String] = [:]
    for name in ["FOOTNOTE_MODEL_DIR", "XDG_CACHE_HOME", "HOME"] { environment[name] = settings[name] }
    return environment
  }
}
