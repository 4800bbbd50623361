import Models

/// One answer of a tool loop, made as its events are asked for.
actor ToolRun {
  private enum Phase {
    case beginning
    case reading(AsyncThrowingStream<ChatEvent, any Error>.Iterator)
    case calling
    case ended
  }

  private let loop: ToolLoop
  /// As it came, without tools.
  private let original: ChatRequest
  private var request: ChatRequest
  private var phase = Phase.beginning
  private var round = 0
  private var reply = ChatReply()
  private var usage: Usage?
  private var hasText = false
  /// Most bytes of a result that the model is shown.
  private var resultBytes: Int
  /// Events that came together, the next one last.
  private var ready: [ChatEvent] = []

  init(_ loop: ToolLoop, _ request: ChatRequest) {
    self.loop = loop
    original = request
    self.request = request
    resultBytes = loop.options.resultBytes
    self.request.tools = request.tools + loop.caller.tools.map(\.definition)
    self.request.instruct(ToolInstructions.text(for: loop.caller.tools))
  }

  func next() async throws -> ChatEvent? {
    while ready.isEmpty {
      switch phase {
      case .ended: return nil
      case .beginning: begin()
      case .calling: try await call()
      case .reading(var events):
        let event: ChatEvent?
        do {
          event = try await events.next(isolation: self)
        } catch {
          try recover(from: error)
          continue
        }
        phase = .reading(events)
        try take(event)
      }
    }
    return ready.popLast()
  }

  private func begin() {
    reply = ChatReply()
    if round >= loop.options.rounds { request.toolChoice = .none }
    phase = .reading(loop.model.stream(request).makeAsyncIterator())
  }

  /// Goes on without tools where the model knows none, and shortens what they returned where the conversation has become
  /// too long by it. The whole turn must not be tried again after a call, which would be carried out twice.
  private func recover(from error: any Error) throws {
    phase = .ended
    guard let error = error as? ModelError, reply.text.isEmpty else { throw error }
    if round == 0, error.refusesTools, request != original {
      // An answer without tools is better than none: small models of one's own often have no function calling.
      request = original
      phase = .beginning
      return
    }
    guard round > 0, error.kind == .contextLengthExceeded else { throw error }
    guard resultBytes > 500 else {
      throw ModelError(
        .invalidRequest, provider: error.provider,
        message: "What the tools returned is too long for '\(loop.name)'.", hint: error.hint)
    }
    resultBytes /= 4
    request.messages = request.messages.map { message in
      guard case .tool(let id, let result) = message else { return message }
      return .tool(callID: id, result: cut(result))
    }
    phase = .beginning
  }

  private func take(_ event: ChatEvent?) throws {
    guard let event else {
      phase = .ended
      throw ModelError(
        .cancelled, provider: loop.name, message: "The request to '\(loop.name)' was cancelled.")
    }
    switch event {
    case .textDelta(let text):
      // What was said before a call is a paragraph of its own.
      if reply.text.isEmpty, hasText { ready.append(.textDelta("\n\n" + text)) } else { ready.append(event) }
      if !text.isEmpty { hasText = true }
    case .toolCall: break
    case .usage(let count): usage = usage.map { $0 + count } ?? count
    case .finish(let reason): finish(reason)
    }
    reply.add(event)
  }

  private func finish(_ reason: FinishReason) {
    if !reply.toolCalls.isEmpty, round < loop.options.rounds {
      phase = .calling
      ready = reply.toolCalls.reversed().map { .toolCall($0) }
      return
    }
    phase = .ended
    var last: [ChatEvent] = []
    if !reply.toolCalls.isEmpty, reply.text.isEmpty {
      last.append(.textDelta((hasText ? "\n\n" : "") + "This took more steps than are allowed."))
    }
    if let usage { last.append(.usage(usage)) }
    last.append(.finish(reason == .toolCalls ? .stop : reason))
    ready = last.reversed()
  }

  /// Carries out the calls of this round and hands their results back in the order of the calls.
  private func call() async throws {
    round += 1
    let calls = reply.toolCalls
    let most = loop.options.callsPerRound
    var uses = await Self.carryOut(calls.prefix(most), loop.caller, loop.context)
    uses += calls.dropFirst(most).map {
      ToolUse(
        name: $0.name, arguments: .string($0.arguments),
        result: ToolUse.failure("Not called: at most \(most) calls at a time."))
    }
    try Task.checkCancellation()
    if let deadline = request.deadline, deadline <= .now {
      throw ModelError(
        .timeout, provider: loop.name,
        message: "The tools of '\(loop.name)' took longer than the request may.")
    }
    request.messages.append(.assistant(reply.text, toolCalls: calls))
    for (call, use) in zip(calls, uses) {
      loop.record.add(use)
      request.messages.append(.tool(callID: call.id, result: cut(use.result.string ?? use.result.text)))
    }
    // A demand for a call is met by the first round.
    if request.toolChoice == .required { request.toolChoice = .auto }
    phase = .beginning
  }

  /// Calls that only read run side by side. One that changes something waits for those before it, and those after it wait
  /// for it: a model that adds a task and lists them all expects the new one in the list.
  private static func carryOut(
    _ calls: ArraySlice<ToolCall>, _ caller: ToolCaller, _ context: ToolContext
  ) async -> [ToolUse] {
    var uses: [ToolUse] = []
    var rest = calls
    while !rest.isEmpty {
      let reading = rest.prefix { caller.tool($0.name)?.traits.isReadOnly ?? true }
      let batch = Array(reading.isEmpty ? rest.prefix(1) : reading)
      let done: [ToolUse] = await withTaskGroup(of: (Int, ToolUse).self) { group in
        for (index, call) in batch.enumerated() {
          group.addTask { (index, await caller.use(call, context)) }
        }
        var found: [(Int, ToolUse)] = []
        for await use in group { found.append(use) }
        return found.sorted { $0.0 < $1.0 }.map { $0.1 }
      }
      uses += done
      rest = rest.dropFirst(batch.count)
    }
    return uses
  }

  private func cut(_ text: String) -> String {
    guard text.utf8.count > resultBytes else { return text }
    var end = text.utf8.index(text.startIndex, offsetBy: resultBytes)
    while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
      end = text.utf8.index(before: end)
    }
    return text[..<end] + "… (cut: the result has \(text.utf8.count) bytes)"
  }
}

extension ModelError {
  /// Whether the provider says that the model cannot call tools.
  fileprivate var refusesTools: Bool {
    kind == .invalidRequest
      && (parameter?.hasPrefix("tool") == true || message.lowercased().contains("tool")
        || message.lowercased().contains("function call"))
  }
}
