import Commands

/// Whether the documents' own sentences answer where the chat model fails.
public enum FallbackSetup {
  public static let variables = [
    EnvironmentVariable(
      "FALLBACK", "off gives the chat model's error in place of an answer of the documents' own sentences.")
  ]

  /// True unless `FALLBACK` says no.
  public static func isOn(_ settings: Settings) -> Bool {
    !["off", "0", "false", "no"].contains(settings["FALLBACK"]?.lowercased())
  }
}
