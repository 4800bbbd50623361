import Commands
import Glibc
import Models
import Synchronization

/// A child process that speaks by lines.
final class ProcessTransport: MCPTransport {
  private struct State {
    var waiting: [RPCID: CheckedContinuation<RPCResponse, any Error>] = [:]
    /// Why nothing comes any more.
    var end: MCPClientError?
  }

  private let name: String
  private let process: ServerProcess
  private let state = Mutex(State())
  private let writer: LineWriter
  /// Read standard output and standard error.
  private let readers: Mutex<[Task<Void, Never>]> = Mutex([])

  /// Longest line that is read.
  private static let limit = 8 << 20

  /// - Parameter log: given each line of the child's standard error.
  /// - Throws: `MCPClientError` if the process cannot be started.
  init(
    name: String, command: String, arguments: [String], environment: [String: String], directory: String?,
    log: @escaping @Sendable (String) -> Void
  ) throws {
    self.name = name
    process = try ServerProcess(command, arguments, environment: environment, directory: directory)
    writer = LineWriter(process)
    // They end with the process, whose pipes end then, or by close().
    let output = Task { [weak self, process] in
      let lines = InputLines(descriptor: process.output, longestLine: Self.limit)
      do {
        for try await line in lines { self?.receive(line) }
        self?.end("has ended")
      } catch {
        self?.end("cannot be read: \(error)")
      }
    }
    let errors = Task { [process] in
      do {
        for try await line in InputLines(descriptor: process.errors, longestLine: 1 << 20) { log(line) }
      } catch {
        log("Standard error cannot be read: \(error)")
      }
    }
    readers.withLock { $0 = [output, errors] }
  }

  func send(
    _ request: RPCRequest, version: Revision?, deadline: ContinuousClock.Instant
  ) async throws -> RPCResponse {
    let left = ContinuousClock.now.duration(to: deadline)
    do {
      return try await withDeadline(left) { [self] in try await response(to: request) }
    } catch {
      abandon(request.id)
      if error is DeadlineExceeded || error is CancellationError {
        // Tells the server to stop; it may be gone, or not care.
        let cancelled = RPCMessage.notification("notifications/cancelled", ["requestId": request.id.json])
        if request.method != "initialize" { Task { [writer] in try? await writer.write(cancelled.text) } }
      }
      guard error is DeadlineExceeded else { throw error }
      throw MCPClientError(.timeout, "MCP server '\(name)' did not answer in time.")
    }
  }

  func notify(_ method: String, version: Revision?, deadline: ContinuousClock.Instant) async throws {
    let message = RPCMessage.notification(method, [:]).text
    try await withDeadline(ContinuousClock.now.duration(to: deadline)) { [writer] in
      try await writer.write(message)
    }
  }

  /// As the specification wants it: end of input, then SIGTERM, then SIGKILL.
  func close() async {
    end("was closed")
    await writer.finish()
    for (signal, grace) in [(SIGTERM, Duration.seconds(1)), (SIGKILL, .seconds(1)), (SIGKILL, .seconds(5))] {
      if (try? await withDeadline(grace, { [process] in await process.ended() })) != nil { break }
      process.signal(signal)
    }
    // What the child itself has started may outlive it.
    process.signal(SIGKILL)
    for reader in readers.withLock({ $0 }) { reader.cancel() }
  }

  /// Returns when the process has ended.
  func ended() async { await process.ended() }

  private func response(to request: RPCRequest) async throws -> RPCResponse {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let failure: (any Error)? = state.withLock { state -> (any Error)? in
          if let end = state.end { return end }
          if Task.isCancelled { return CancellationError() }
          state.waiting[request.id] = continuation
          return nil
        }
        if let failure { return continuation.resume(throwing: failure) }
        // Once it is waited for: the response may come at once.
        Task { [writer] in
          do { try await writer.write(request.json.text) } catch { self.abandon(request.id, error) }
        }
      }
    } onCancel: {
      abandon(request.id)
    }
  }

  private func abandon(_ id: RPCID, _ error: any Error = CancellationError()) {
    state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(throwing: error)
  }

  private func receive(_ line: String) {
    // A server that prints something else as well is forgiven.
    guard let value = try? JSONValue(parsing: line.utf8), let message = try? RPCMessage(value) else { return }
    switch message {
    case .response(let response):
      guard let id = response.id else { return }
      state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: response)
    case .request(let request):
      let outcome: Result<JSONValue, RPCError> =
        request.method == "ping" ? .success([:]) : .failure(.methodNotFound(request.method))
      let answer = RPCResponse(id: request.id, outcome).json.text
      Task { [writer] in try? await writer.write(answer) }
    case .notification: break
    }
  }

  private func end(_ reason: String) {
    let error = MCPClientError(.unavailable, "MCP server '\(name)' \(reason).")
    let waiting = state.withLock { state in
      defer { state.waiting = [:] }
      if state.end == nil { state.end = error }
      return state.waiting
    }
    for continuation in waiting.values { continuation.resume(throwing: error) }
  }
}

/// Writes lines one after the other to a pipe whose reader may be slow.
private actor LineWriter {
  private let process: ServerProcess
  private var isFinished = false
  private var last: Task<Void, any Error>?

  init(_ process: ServerProcess) { self.process = process }

  /// Returns when the line is in the pipe.
  func write(_ line: String) async throws {
    let before = last
    let bytes = Array((line + "\n").utf8)
    // Lines must be whole: a cancelled caller's line is written to its end, or the pipe is given up.
    let task = Task {
      _ = await before?.result
      try await put(bytes)
    }
    last = task
    try await task.value
  }

  private func put(_ bytes: [UInt8]) async throws {
    var rest = bytes[...]
    let limit = ContinuousClock.now + .seconds(30)
    while !rest.isEmpty {
      guard !isFinished, ContinuousClock.now < limit else {
        isFinished = true
        throw MCPClientError(.unavailable, "The server reads no more input.")
      }
      let count = rest.withUnsafeBytes { Glibc.write(process.input, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        try await Task.sleep(for: .milliseconds(5))
      } else if errno != EINTR {
        isFinished = true
        throw MCPClientError(
          .unavailable, "The server reads no more input: \(String(cString: strerror(errno))).")
      }
    }
  }

  /// Lets the server see the end of its input.
  func finish() {
    isFinished = true
    process.closeInput()
  }
}
