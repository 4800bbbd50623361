import Commands
import HTTPClient

/// `ragserver check`: whether a running server does what it should.
enum CheckCommand {
  static let url = Argument(
    optional: "URL", .text, "Address of the server; http://127.0.0.1:8080 if it is left out.")
  static let question = Option(
    "question", .text.named("TEXT"), shownDefault: "the first question that the server suggests",
    "What to ask.")
  static let timeout = Option(
    "timeout", .duration(in: .milliseconds(100)...(.seconds(600))), default: .seconds(30),
    "How long one step may take.")
  static let json = Flag("json", "Write JSON.")

  static let command = Command(
    "check", "Walk through a running server and say what works.",
    discussion: """
      Asks the server for its health, begins a session, chats, streams, searches and, with ADMIN_API_KEY set, lists \
      documents. Each step says what happened, how long it took and what to do. Exits with 0 if nothing failed, else \
      with 1.
      """,
    parameters: [url, question, timeout, json],
    variables: [EnvironmentVariable("ADMIN_API_KEY", "The admin key, for the steps that need one.")],
    examples: [
      Example("A server on this machine", "ragserver check"),
      Example("Another one", "ragserver check https://docs.example.org --question \"How do I install it?\""),
    ],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let address = invocation[url] ?? "http://127.0.0.1:\(invocation.settings["PORT"] ?? "8080")"
    let check = ServiceCheck(
      client: CheckClient(client: HTTPClient(), address: address, timeout: invocation[timeout]),
      key: invocation.settings["ADMIN_API_KEY"], question: invocation[question])
    let asJSON = invocation[json]
    let steps = try await check.run { step in
      if !asJSON { try write(step, invocation.output) }
    }
    let isWell = !steps.contains { $0.status == .failed }
    if asJSON { try invocation.output.json(Report(url: check.client.base, healthy: isWell, steps: steps)) }
    return isWell ? .success : .failure
  }

  private struct Report: Encodable {
    var url: String
    var healthy: Bool
    var steps: [CheckStep]
  }

  static func write(_ step: CheckStep, _ output: Output) throws {
    let mark =
      switch step.status {
      case .passed: output.styled("ok     ", .green)
      case .warning: output.styled("warning", .yellow)
      case .failed: output.styled("failed ", .red)
      case .skipped: output.styled("skipped", .dim)
      }
    let time = step.status == .skipped ? "" : " (\(step.milliseconds) ms)"
    try output.line("\(mark)  \(step.name)\(time): \(step.detail)")
    if let hint = step.hint { try output.line("         \(hint)") }
  }
}
