import Commands
import HTTPClient
import Setup

/// Variables of the chat, for `--help`, and what is said of them at the start.
enum ChatVariables {
  static let all = [
    EnvironmentVariable(
      "SYSTEM_PROMPT_FILE", "Text that tells the chat model what it is; read anew each time."),
    EnvironmentVariable("CHAT_MODELS", "Further chat models that callers may ask for, separated by commas."),
    EnvironmentVariable(
      "SESSION_SECRET",
      "Signs session cookies; made once and kept by default. 'NEW,OLD' still believes what OLD has signed."),
  ]

  /// Refuses settings with which no answer could be given, and names what has no effect any more.
  ///
  /// - Throws: `UsageError`.
  static func check(_ settings: Settings, _ log: Log) throws {
    try ProviderSetup.check(settings)
    let setup = ChatSetup(settings: settings, client: HTTPClient())
    if let variable = try setup.missingKey() {
      log.warning(
        """
        The chat model cannot be asked: \(variable) is not set. Set it, or unset CHAT_PROVIDER to have answers made of the \
        documents' own sentences.
        """)
    }
    // Read again with each answer; a mistake shall show at once.
    _ = try FallbackSetup.read(settings)
    _ = try GroundingSetup.unsupported(settings)
    _ = try ToolBox.isOn(settings)
    try SystemPrompt(settings: settings).check()
    if settings["OPENAI_ASSISTANT_ID"] != nil {
      log.warning(
        """
        OPENAI_ASSISTANT_ID has no effect: OpenAI has switched the Assistants API off. Write the assistant's instructions \
        into a file and name it in SYSTEM_PROMPT_FILE, choose its model by OPENAI_MODEL, and take its files in with \
        'ingest add'.
        """)
    }
  }
}
