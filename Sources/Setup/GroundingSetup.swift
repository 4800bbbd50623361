import Answering
import Commands

/// What becomes of sentences of a chat model's answer that no source supports.
public enum GroundingSetup {
  public static let variables = [
    EnvironmentVariable(
      "UNSUPPORTED",
      "mark, drop or keep sentences of the chat model that no source supports; mark by default.")
  ]

  public static func unsupported(_ settings: Settings) throws(UsageError) -> UnsupportedSentences {
    try settings.read("UNSUPPORTED", ValueType<UnsupportedSentences>.choice()) ?? .mark
  }
}
