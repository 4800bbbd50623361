import HTTPServer
import MCP
import Models
import State

/// A server that is ready to start.
struct Application: Sendable {
  let server: HTTPServer
  let state: State
  let external: MCPConnections
  let log: LogQueue
  let grace: Duration

  /// Returns when the started server has stopped: after its task was cancelled, or by `stop`.
  func run() async {
    await server.run(within: grace)
    await closeParts()
    await flushLog()
  }

  func stop(within grace: Duration) async {
    await server.shutdown(within: grace)
    await closeParts()
    await flushLog()
  }

  /// Requests that were cut off may still be writing, and servers of tools be slow to end, but not for ever.
  private func closeParts() async {
    let (state, external) = (state, external)
    let work = Task {
      try await withDeadline(.seconds(5)) {
        async let ended: Void = external.stop()
        await state.close()
        await ended
      }
    }
    _ = await work.result
  }

  /// Nobody waits long for a log that nobody reads.
  private func flushLog() async {
    // In a task of its own: this one has been cancelled when a signal stops the server.
    _ = await Task { [log] in try await withDeadline(.seconds(1)) { await log.drained() } }.result
  }
}
