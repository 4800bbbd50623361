import Commands
import HTTPClient
import Qdrant
import Setup

/// `ragserver health`: whether what the server stands on can be reached, with nothing else set up.
enum HealthCommand {
  static let qdrant = Option(
    "qdrant", .url(like: CorpusSetup.serverExample), environment: "QDRANT_URL", shownDefault: "none",
    "Address of a Qdrant server.")
  static let timeout = Option(
    "timeout", .duration(in: .milliseconds(100)...(.seconds(600))), default: .seconds(10),
    "How long one request may take.")
  static let json = Flag("json", "Write JSON.")

  static let command = Command(
    "health", "Check the connection to a Qdrant server, step by step.",
    discussion: """
      Resolves the name, connects, encrypts, asks for the version, whether all shards are ready, whether the key is \
      taken and how the corpus's collection is. Each step says how long it took and, if it failed, what to do. Exits with \
      0 if nothing failed, else with 1. Neither a corpus nor a model is needed.
      """,
    parameters: [qdrant, timeout, json],
    variables: [
      EnvironmentVariable("QDRANT_API_KEY", "Key of the Qdrant server."),
      EnvironmentVariable("QDRANT_COLLECTION", "Name of the corpus there; footnote by default."),
    ],
    examples: [
      Example("A server on this machine", "ragserver health --qdrant http://localhost:6333")
    ],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    guard let url = invocation[qdrant] else {
      throw UsageError(
        "No Qdrant server is named.", hint: "Name one with --qdrant URL, or set QDRANT_URL.")
    }
    let settings = invocation.settings
    let http = HTTPClient()
    let endpoint = QdrantEndpoint(url: url) { settings["QDRANT_API_KEY"] }
    let steps = await QdrantProbe(
      endpoint, collection: try CorpusSetup(settings: settings, client: http).name, http: http,
      timeout: invocation[timeout]
    ).run().map(CheckStep.init)
    let isWell = !steps.contains { $0.status == .failed }
    if invocation[json] {
      try invocation.output.json(Report(url: endpoint.shownURL, healthy: isWell, steps: steps))
    } else {
      for step in steps { try CheckCommand.write(step, invocation.output) }
    }
    return isWell ? .success : .failure
  }

  private struct Report: Encodable {
    var url: String
    var healthy: Bool
    var steps: [CheckStep]
  }
}

extension CheckStep {
  init(_ step: QdrantProbe.Step) {
    let status: Status =
      switch step.outcome {
      case .passed: .passed
      case .warning: .warning
      case .failed: .failed
      case .skipped: .skipped
      }
    self.init(
      name: step.name, status: status, milliseconds: step.duration.milliseconds, detail: step.detail,
      hint: step.hint)
  }
}
