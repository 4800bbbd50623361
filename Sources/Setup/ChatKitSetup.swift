import Commands
import HTTPClient
import Models

/// Makes the connection to OpenAI's ChatKit that the settings ask for.
public struct ChatKitSetup: Sendable {
  /// Variables that decide about it, for `--help`.
  public static let variables = [
    EnvironmentVariable(
      "CHATKIT_WORKFLOW_ID", "Workflow at OpenAI whose ChatKit sessions are handed out, in place of our own.")
  ]

  private let settings: Settings
  private let client: HTTPClient

  public init(settings: Settings, client: HTTPClient) {
    self.settings = settings
    self.client = client
  }

  /// Nil where no workflow is configured.
  ///
  /// - Throws: `UsageError` if `OPENAI_BASE_URL` is no address.
  public func sessions() throws(UsageError) -> ChatKitSessions? {
    guard let workflow = settings["CHATKIT_WORKFLOW_ID"], !workflow.isEmpty else { return nil }
    return ChatKitSessions(
      workflow: workflow, endpoint: try ProviderSetup.openAI(settings), client: client)
  }
}
