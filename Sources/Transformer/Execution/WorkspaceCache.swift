import Synchronization

/// Workspaces for computations on the calling thread, reused by whoever comes next.
final class WorkspaceCache: Sendable {
  /// A workspace on its way between threads: only one holder has it at a time.
  private struct Box: @unchecked Sendable {
    var workspace: Workspace
  }

  private let free = Mutex<[Box]>([])

  func withWorkspace<Result>(_ body: (Workspace) -> Result) -> Result {
    let box = free.withLock { $0.popLast() } ?? Box(workspace: Workspace())
    defer { free.withLock { $0.append(box) } }
    return body(box.workspace)
  }
}
