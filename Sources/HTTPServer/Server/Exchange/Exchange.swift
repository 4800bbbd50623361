internal import CMicroHTTPD
import Synchronization

/// One request and its response.
///
/// The library calls `advance` on the connection's I/O thread: for the head, for each piece of the body, and
/// when the request is complete. Then the connection is suspended, a task asks the handler, and the
/// connection is resumed, upon which `advance` is called again and queues the response. A handler that says
/// that it answers immediately is asked on the I/O thread itself, and the connection is suspended only if it
/// waits.
final class Exchange: @unchecked Sendable {
  // Sendable: `intake` is used by the connection's I/O thread alone, the rest is constant or locked.

  /// How the library says that a request is over.
  enum End {
    case completed, failed, stopped

    init(_ code: MHD_RequestTerminationCode) {
      switch code {
      case .REQUEST_TERMINATED_COMPLETED_OK: self = .completed
      case .REQUEST_TERMINATED_DAEMON_SHUTDOWN: self = .stopped
      default: self = .failed
      }
    }
  }

  private enum Phase {
    /// The request is being read.
    case receiving
    /// The task runs, and the connection is suspended unless the handler is being asked on its I/O thread.
    case handling
    /// The connection is resumed, and the I/O thread will take the reply.
    case ready(Reply)
    /// The I/O thread will close the connection, or has been asked to.
    case abandoned
    case sending(Reply)
    case ended
  }

  private struct State {
    var phase = Phase.receiving
    var isSuspended = false
    var task: Task<Void, Never>?
    /// Why nobody waits for the response any more.
    var abandonment: ResponseCompletion.Outcome?
  }

  private let connection: Connection
  private let handle: ConnectionHandle
  private var intake: RequestIntake
  private let state = Mutex(State())

  init(connection: Connection, handle: ConnectionHandle, target: UnsafePointer<CChar>?) {
    self.connection = connection
    self.handle = handle
    intake = RequestIntake(target: target)
  }

  private var engine: Engine { connection.engine }

  // MARK: On the I/O thread

  /// Takes the next step.
  ///
  /// - Returns: false to close the connection at once.
  func advance(
    method: UnsafePointer<CChar>, version: UnsafePointer<CChar>, upload: UnsafeRawBufferPointer
  ) -> Bool {
    if intake.head == nil {
      intake.readHead(handle, method: method, version: version, connection: connection)
      engine.exchangeBegan()
      if intake.isComplete { return begin() }
      connection.expect(within: engine.limits.bodyTimeout)
      return true
    }
    if !upload.isEmpty { return intake.take(upload, engine) }
    let reply: Reply? = state.withLock { state in
      guard case .ready(let reply) = state.phase else { return nil }
      state.phase = .sending(reply)
      return reply
    }
    if let reply { return send(reply) }
    return begin()
  }

  /// Asks the handler.
  private func begin() -> Bool {
    guard let request = intake.makeRequest() else { return false }
    // A client that has closed its side gets no answer from the library, so the work is spared.
    guard !connection.hasHungUp else { return false }
    connection.expectNothing()
    let isImmediate = request.body.isEmpty && engine.handler.isImmediate(request.head)
    let mayAnswer: Bool = state.withLock { state in
      // Whoever stops the server sets `isClosing` before it looks at the phase.
      guard case .receiving = state.phase, !engine.isClosing else { return false }
      state.phase = .handling
      if !isImmediate { suspend(&state) }
      return true
    }
    guard mayAnswer else { return false }
    let task =
      isImmediate ? Task.immediate { await self.answer(request) } : Task { await self.answer(request) }
    let isWanted: Bool = state.withLock { state in
      if state.abandonment == nil { state.task = task }
      return state.abandonment == nil
    }
    if !isWanted { task.cancel() }
    return isImmediate ? sendOrSuspend() : true
  }

  /// Takes the reply that an immediate handler has left, or waits for it.
  private func sendOrSuspend() -> Bool {
    let (reply, isSuspended): (Reply?, Bool) = state.withLock { state in
      switch state.phase {
      case .ready(let reply):
        state.phase = .sending(reply)
        return (reply, false)
      case .handling:
        suspend(&state)
        return (nil, true)
      case .receiving, .abandoned, .sending, .ended:
        return (nil, false)
      }
    }
    return reply.map(send) ?? isSuspended
  }

  private func suspend(_ state: inout State) {
    state.isSuspended = true
    MHD_suspend_connection(handle.pointer)
  }

  private func send(_ reply: Reply) -> Bool {
    if reply.pipe == nil { connection.expect(within: engine.limits.sendTimeout) }
    return reply.queue(on: handle, closing: intake.mustClose || engine.isDraining)
  }

  /// The library is done with this request.
  func end(_ end: End) {
    if intake.head != nil { engine.exchangeEnded() }
    engine.release(bodyBytes: intake.reservedBytes)
    let (phase, task, abandonment) = state.withLock { state in
      defer {
        state.phase = .ended
        state.task = nil
        if state.abandonment == nil { state.abandonment = end == .stopped ? .serverStopped : .clientGone }
      }
      return (state.phase, state.task, state.abandonment)
    }
    switch phase {
    case .sending(let reply), .ready(let reply):
      reply.pipe?.close()
      if end != .completed { task?.cancel() }
      reply.complete(outcome(of: reply, end, abandonment))
    case .receiving, .handling, .abandoned, .ended:
      task?.cancel()
    }
  }

  private func outcome(
    of reply: Reply, _ end: End, _ abandonment: ResponseCompletion.Outcome?
  ) -> ResponseCompletion.Outcome {
    if end == .completed { return .sent }
    if let failure = reply.pipe?.failure { return .failed(failure) }
    return abandonment ?? (end == .stopped ? .serverStopped : .clientGone)
  }

  // MARK: On any thread

  private func answer(_ request: Request) async {
    let response = await engine.handler.respond(to: request)
    let hasBody = request.method != .head && response.status.allowsBody
    guard case .stream(let produce) = response.body, hasBody else {
      _ = deliver(Reply(response, pipe: nil))
      return
    }
    let pipe = StreamPipe(handle: handle, capacity: engine.limits.streamBuffer)
    guard deliver(Reply(response, pipe: pipe)) else { return }
    do {
      try await produce(ResponseWriter(sink: pipe))
      pipe.finish()
    } catch {
      pipe.fail(String(describing: error))
    }
  }

  /// Resumes the connection with its reply, unless nobody waits for it.
  private func deliver(_ reply: Reply) -> Bool {
    let abandonment: ResponseCompletion.Outcome? = state.withLock { state in
      guard case .handling = state.phase else { return state.abandonment ?? .clientGone }
      state.phase = .ready(reply)
      resume(&state)
      return nil
    }
    if let abandonment { reply.complete(abandonment) }
    return abandonment == nil
  }

  /// Gives the response up: the task is cancelled, and a suspended connection is resumed to be closed. What
  /// was called here never suspends the connection again.
  ///
  /// - Returns: false if a whole response is being sent, which may go on.
  @discardableResult
  func abandon(_ reason: ResponseCompletion.Outcome) -> Bool {
    let (task, isGivenUp): (Task<Void, Never>?, Bool) = state.withLock { state in
      switch state.phase {
      case .receiving:
        state.phase = .abandoned
      case .handling:
        state.phase = .abandoned
        resume(&state)
      case .ready(let reply), .sending(let reply):
        guard let pipe = reply.pipe else { return (nil, false) }
        pipe.close()
      case .abandoned, .ended:
        break
      }
      if state.abandonment == nil { state.abandonment = reason }
      return (state.task, true)
    }
    task?.cancel()
    return isGivenUp
  }

  private func resume(_ state: inout State) {
    guard state.isSuspended else { return }
    state.isSuspended = false
    MHD_resume_connection(handle.pointer)
  }

  func watch(now: Int64) {
    let pipe: StreamPipe? = state.withLock { state in
      if case .sending(let reply) = state.phase { reply.pipe } else { nil }
    }
    pipe?.watch(now: now)
  }
}
