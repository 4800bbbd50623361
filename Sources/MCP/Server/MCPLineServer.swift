import Answering
import Models
import Synchronization

/// Serves one client by lines: each message is a line of JSON, as desktop clients speak it to child processes.
public struct MCPLineServer: Sendable {
  private let server: MCPServer
  private let caller: MCPCaller
  private let write: @Sendable (String) -> Void

  /// - Parameter write: sends one line, given without its end; called from several tasks, so that it must keep lines whole.
  public init(server: MCPServer, caller: MCPCaller, write: @escaping @Sendable (String) -> Void) {
    self.server = server
    self.caller = caller
    self.write = write
  }

  /// Answers until the lines end, then lets running requests finish.
  public func run<Lines: AsyncSequence>(_ lines: Lines) async throws where Lines.Element == String {
    let running = RunningRequests()
    try await withThrowingDiscardingTaskGroup { group in
      for try await line in lines where !line.allSatisfy(\.isWhitespace) {
        guard let value = try? JSONValue(parsing: line.utf8) else {
          send(RPCResponse(id: nil, .failure(.unreadable)))
          continue
        }
        do throws(RPCError) {
          switch try RPCMessage(value) {
          case .request(let request):
            let task = Task { await answer(request) }
            running.add(request.id, task)
            group.addTask {
              await withTaskCancellationHandler {
                await task.value
              } onCancel: {
                task.cancel()
              }
              running.remove(request.id)
            }
          case .notification("notifications/cancelled", let params):
            if let id = RPCID(params["requestId"]) { running.cancel(id) }
          case .notification, .response: break
          }
        } catch {
          send(RPCResponse(id: RPCID(value["id"]), .failure(error)))
        }
      }
    }
  }

  private func answer(_ request: RPCRequest) async {
    let write = write
    let response = await server.respond(to: request, for: caller) { write($0.text) }
    // A cancelled request has no response.
    if !Task.isCancelled { send(response) }
  }

  private func send(_ response: RPCResponse) { write(response.json.text) }
}

/// The requests that can be cancelled.
private final class RunningRequests: Sendable {
  private let tasks = Mutex<[RPCID: Task<Void, Never>]>([:])

  func add(_ id: RPCID, _ task: Task<Void, Never>) { tasks.withLock { $0[id] = task } }
  func remove(_ id: RPCID) { tasks.withLock { _ = $0.removeValue(forKey: id) } }
  func cancel(_ id: RPCID) { tasks.withLock { $0[id] }?.cancel() }
}
