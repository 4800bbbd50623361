import Synchronization
import Testing

@testable import Transformer

struct WorkerPoolTests {
  @Test func `every piece of every job runs once`() async throws {
    let pool = WorkerPool(count: 3)
    let counts = Counts()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for job in 0..<10 {
        group.addTask { try await pool.forEach(100) { piece, _ in counts.add(job * 100 + piece) } }
      }
      try await group.waitForAll()
    }
    #expect(counts.values == [Int](repeating: 1, count: 1000))
  }

  @Test func `a job of no pieces ends at once`() async throws {
    try await WorkerPool(count: 1).forEach(0) { _, _ in Issue.record("nothing should run") }
  }

  @Test func `cancelling skips the pieces that have not started`() async throws {
    let pool = WorkerPool(count: 1)
    let counts = Counts()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await pool.forEach(1000) { piece, _ in counts.add(piece) }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(counts.values.reduce(0, +) < 1000)
    // The pool goes on working.
    let after = Counts()
    try await pool.forEach(1000) { piece, _ in after.add(piece) }
    #expect(after.values.reduce(0, +) == 1000)
  }

  @Test func `a job queued before the pool is released still ends`() async throws {
    var pool: WorkerPool? = WorkerPool(count: 1)
    let task = Task { [pool] in try await pool?.forEach(50) { _, _ in } }
    pool = nil
    try await task.value
  }
}

/// How often each of a thousand pieces ran.
private final class Counts: Sendable {
  private let counts = Mutex([Int](repeating: 0, count: 1000))

  var values: [Int] { counts.withLock { $0 } }

  func add(_ index: Int) { counts.withLock { $0[index] += 1 } }
}
