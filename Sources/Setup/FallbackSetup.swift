import Commands

/// Whether the documents' own sentences answer where the chat model fails, and words alone find passages where the
/// embedding model does.
public enum FallbackSetup {
  public static let variables = [
    EnvironmentVariable(
      "FALLBACK",
      "off gives the error of a model that failed in place of the documents' own sentences or a search by words alone."
    )
  ]

  /// True unless `FALLBACK` says no.
  public static func read(_ settings: Settings) throws(UsageError) -> Bool {
    try settings.read("FALLBACK", .boolean) ?? true
  }

  /// What `FALLBACK` says now; true where it was changed into something that cannot be read.
  public static func isOn(_ settings: Settings) -> Bool { (try? read(settings)) ?? true }
}
