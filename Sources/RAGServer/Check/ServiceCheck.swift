import HTTPClient
import Health
import Models

/// Walks through a running server as a client would.
struct ServiceCheck {
  let client: CheckClient
  /// A key of the server, the admin key as a rule; nil to leave out what needs one.
  let key: String?
  /// What is asked; nil for the first question that the server suggests.
  let question: String?
  /// A step that takes longer is worth a warning.
  var slow: Duration = .seconds(5)

  struct Outcome {
    var detail: String
    var hint: String?
    var status = CheckStep.Status.passed
  }

  /// Takes the steps one after the other; `report` is told of each when it has ended.
  func run(_ report: (CheckStep) throws -> Void) async throws -> [CheckStep] {
    var steps: [CheckStep] = []
    func step(_ name: String, _ body: () async throws -> Outcome) async throws {
      let taken = await take(name, body)
      try report(taken)
      steps.append(taken)
    }
    try await step("health") { try await health() }
    guard steps.last?.status != .failed else {
      for name in ["parts", "session", "chat", "streaming", "chatkit", "search", "documents"] {
        let skipped = CheckStep(
          name: name, status: .skipped, milliseconds: 0, detail: "Not tried: the server does not answer.")
        try report(skipped)
        steps.append(skipped)
      }
      return steps
    }
    for part in await parts() {
      try report(part)
      steps.append(part)
    }
    let asked = await askedQuestion()
    var session: String?
    try await step("session") {
      let reply = try await client.json(.post, "/api/chat/sessions", [:], key: key)
      session = reply["session_id"]?.string
      guard let session else { throw Self.missing("session_id", "/api/chat/sessions") }
      return Outcome(detail: "Session \(session).")
    }
    try await step("chat") { try await chat(session, asked) }
    try await step("streaming") { try await streaming(asked) }
    try await step("chatkit") { try await chatKit(asked) }
    try await step("search") { try await search(asked) }
    try await step("documents") { try await documents() }
    return steps
  }

  private func take(_ name: String, _ body: () async throws -> Outcome) async -> CheckStep {
    let start = ContinuousClock.now
    var outcome: Outcome
    do {
      outcome = try await body()
    } catch let error as CheckFailure {
      outcome = Outcome(
        detail: error.detail, hint: error.hint, status: error.wantsKey ? .skipped : .failed)
    } catch {
      outcome = Outcome(detail: "\(error)", status: .failed)
    }
    let duration = ContinuousClock.now - start
    if outcome.status == .passed, duration > slow {
      outcome.status = .warning
      outcome.hint = "That is slow. GET /metrics tells whether models or the search take the time."
    }
    return CheckStep(
      name: name, status: outcome.status, milliseconds: (duration / .microseconds(100)).rounded() / 10,
      detail: outcome.detail, hint: outcome.hint)
  }

  static func missing(_ member: String, _ path: String) -> CheckFailure {
    CheckFailure(
      detail: "\(path) answered JSON without '\(member)'.",
      hint: "What answers there is not a ragserver, or one of another version.")
  }

  private func health() async throws -> Outcome {
    let reply = try await client.json(.get, "/health")
    guard reply["status"]?.string == "ok" else { throw Self.missing("status", "/health") }
    return Outcome(detail: "\(client.base) answers.")
  }

  /// One step for each part of the server.
  private func parts() async -> [CheckStep] {
    var steps: [CheckStep] = []
    let whole = await take("parts") {
      let reply = try await client.json(.get, "/api/health", accepted: [503])
      guard case .object(let parts)? = reply["parts"] else { throw Self.missing("parts", "/api/health") }
      for (name, part) in parts.sorted(by: { $0.key < $1.key }) { steps.append(Self.step(name, part)) }
      return Outcome(detail: "")
    }
    return whole.status == .failed ? [whole] : steps
  }

  private static func step(_ name: String, _ part: JSONValue) -> CheckStep {
    let status: CheckStep.Status =
      switch part["status"]?.string.flatMap(HealthStatus.init(rawValue:)) {
      case .healthy: .passed
      case .degraded: .warning
      case .unhealthy, nil: .failed
      }
    var milliseconds = 0.0
    switch part["latency_ms"] {
    case .number(let value): milliseconds = value
    case .integer(let value): milliseconds = Double(value)
    default: break
    }
    return CheckStep(
      name: name, status: status, milliseconds: milliseconds, detail: part["detail"]?.string ?? "",
      hint: part["hint"]?.string)
  }

  /// What the server's corpus is likely to answer; it asks about the sample corpus where the server suggests nothing.
  private func askedQuestion() async -> String {
    if let question { return question }
    let reply = try? await client.json(.get, "/api/suggestions", key: key)
    return reply?["suggestions"]?.array?.first?["question"]?.string ?? "What is humanoid robotics?"
  }

  private func chat(_ session: String?, _ question: String) async throws -> Outcome {
    let reply =
      if let session {
        try await client.json(
          .post, "/api/chat/chat", ["session_id": .string(session), "message": .string(question)], key: key)
      } else {
        try await client.json(.post, "/api/chat", ["message": .string(question)], key: key)
      }
    guard let answer = reply["answer"]?.string ?? reply["response"]?.string, !answer.isEmpty else {
      throw Self.missing("answer", "/api/chat")
    }
    let citations = reply["citations"]?.array?.count ?? 0
    if reply["degraded"] == .bool(true) {
      if reply["degraded_reason"]?["part"] == "search" {
        return Outcome(
          detail: "It looks for words alone, for the embedding model fails.",
          hint: "The step 'embedding_model' above says why.", status: .warning)
      }
      return Outcome(
        detail: "It answers with the documents' own sentences, for the chat provider fails.",
        hint: "The step 'chat_provider' above says why.", status: .warning)
    }
    if citations == 0 {
      return Outcome(
        detail: "It says: \(Self.start(of: answer))",
        hint: "The corpus does not answer '\(question)'. Ask about its own subject with --question.",
        status: .warning)
    }
    return Outcome(
      detail: "\(citations) \(citations == 1 ? "citation" : "citations"): \(Self.start(of: answer))")
  }

  private static func start(of text: String) -> String {
    let line = text.replacing("\n", with: " ")
    return line.count > 80 ? line.prefix(79) + "…" : line
  }

  static let cutOff = "A proxy in between may cut streams off. The server's log says more."

  private func streaming(_ question: String) async throws -> Outcome {
    let start = ContinuousClock.now
    var first: Duration?
    var isDone = false
    do {
      let events = try await client.events(
        "/api/chat", ["message": .string(question), "stream": true], key: key)
      for try await event in events {
        switch event.type {
        case "delta": first = first ?? ContinuousClock.now - start
        case "done": isDone = true
        case "error":
          let value = try? JSONValue(parsing: event.data.utf8)
          throw CheckFailure(
            detail: value?["error"]?["message"]?.string ?? "The stream ended with an error.",
            hint: value?["error"]?["hint"]?.string)
        default: break
        }
      }
    } catch let error as HTTPClientError {
      throw CheckFailure(
        detail: error.description, hint: Self.cutOff)
    }
    guard isDone else {
      throw CheckFailure(
        detail: "The stream ended without its last event.",
        hint: Self.cutOff)
    }
    guard let first else { throw CheckFailure(detail: "The stream held no text.") }
    return Outcome(detail: "First text after \((first / .milliseconds(1)).rounded()) ms.")
  }

  private func search(_ question: String) async throws -> Outcome {
    let reply = try await client.json(.post, "/api/search", ["query": .string(question), "k": 3], key: key)
    guard let passages = reply["passages"]?.array else { throw Self.missing("passages", "/api/search") }
    guard let best = passages.first else {
      return Outcome(
        detail: "It found nothing.", hint: "Add documents with 'ingest add PATH'.", status: .warning)
    }
    return Outcome(detail: "\(passages.count) passages, the first of \(best["document"]?.string ?? "?").")
  }

  private func documents() async throws -> Outcome {
    guard let key else {
      return Outcome(
        detail: "Not tried: no admin key.", hint: "Set ADMIN_API_KEY to check it too.", status: .skipped)
    }
    let reply = try await client.json(.get, "/api/documents?limit=1", key: key)
    guard let total = reply["total"]?.integer else { throw Self.missing("total", "/api/documents") }
    return Outcome(detail: "\(total) document\(total == 1 ? "" : "s").")
  }
}
