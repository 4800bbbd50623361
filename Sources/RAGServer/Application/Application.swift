import HTTPServer
import MCP
import Models
import Retrieval
import State

/// A server that is ready to start.
struct Application: Sendable {
  let server: HTTPServer
  let lastCall: LastCall
  let index: any PassageIndex
  /// Every route that was added.
  let routes: [(method: HTTPMethod, template: String)]
  let uploads: UploadWorker
  let state: State
  let external: MCPConnections
  /// Nil for a corpus that is no file.
  let watch: CorpusWatch?
  let memory: MemoryReturn
  let removal: RecordRemoval
  let reports: ReportVolume
  let log: LogQueue
  let grace: Duration

  /// Returns when the started server has stopped: after its task was cancelled, or by `stop`.
  func run() async {
    // Nobody waits for this; the first question may find it under way and wait for the rest of it.
    Task { [index] in try? await index.prepare() }
    await withTaskCancellationHandler {
      await server.run(within: grace)
    } onCancel: {
      lastCall.make(within: grace)
    }
    await stopParts()
    await flushLog()
  }

  func stop(within grace: Duration) async {
    lastCall.make(within: grace)
    await server.shutdown(within: grace)
    await stopParts()
    await flushLog()
  }

  // Each in a task of its own: this one has been cancelled when a signal stops the server.

  private func stopParts() async {
    let stopping = Task { [external] in try await withDeadline(.seconds(5)) { await external.stop() } }
    await memory.stop()
    await stopUploads()
    await stopRemoval()
    await stopWatch()
    await closeState()
    _ = await stopping.result
  }

  /// What is under way goes back into the queue.
  private func stopUploads() async {
    _ = await Task { [uploads] in try await withDeadline(.seconds(5)) { await uploads.stop() } }.result
  }

  /// What is left is removed by the next server.
  private func stopRemoval() async {
    _ = await Task { [removal] in try await withDeadline(.seconds(5)) { await removal.stop() } }.result
  }

  /// A corpus that is just being opened may take a while.
  private func stopWatch() async {
    _ = await Task { [watch] in try await withDeadline(.seconds(5)) { await watch?.stop() } }.result
  }

  /// Requests that were cut off may still be writing, but not for ever.
  private func closeState() async {
    _ = await Task { [state] in try await withDeadline(.seconds(5)) { await state.close() } }.result
  }

  /// Nobody waits long for a log that nobody reads.
  private func flushLog() async {
    _ = await Task { [log] in try await withDeadline(.seconds(1)) { await log.drained() } }.result
  }
}
