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

@Suite struct WorkQueueTests {
  /// The numbers of the jobs whose pieces a thread runs one after the other, where all jobs wait before it starts.
  private func order(_ counts: [Int], cancelled: Int? = nil) async -> [Int] {
    let queue = WorkQueue()
    let order = Mutex<[Int]>([])
    await withTaskGroup(of: Void.self) { group in
      var jobs: [WorkJob] = []
      for (number, count) in counts.enumerated() {
        let job = WorkJob(count: count) { _, _ in order.withLock { $0.append(number) } }
        jobs.append(job)
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        job.onEnd { end.finish() }
        queue.add(job)
        group.addTask { for await _ in ends {} }
      }
      if let cancelled { jobs[cancelled].cancel() }
      queue.startThread()
      await group.waitForAll()
    }
    queue.close()
    return order.withLock { $0 }
  }

  @Test func `short jobs go one after the other`() async {
    #expect(
      await order([5, 3, 4]).filter { $0 != 0 } == [1, 1, 1, 2, 2, 2, 2])
    #expect(await order([WorkQueue.stride, 2]).last == 1)
  }

  @Test func `a short job does not wait until a long one is done`() async throws {
    let order = await order([1000, 1000, 3])
    #expect(order.count == 2003)
    let end = try #require(order.lastIndex(of: 2))
    #expect(end < 3 * WorkQueue.stride)
    // Long ones share.
    #expect(order.prefix(1000).count { $0 == 1 } > 400)
  }

  @Test func `a long job goes on however many short ones come after it`() async {
    let order = await order([500] + Array(repeating: 10, count: 100))
    #expect(order.prefix(800).count { $0 == 0 } >= 100)
  }

  @Test func `a job that was cancelled ends though others wait`() async {
    #expect(await order([100, 200, 1], cancelled: 1).count == 101)
  }
}

/// How often each of a thousand pieces ran.
private final class Counts: Sendable {
  private let counts = Mutex([Int](repeating: 0, count: 1000))

  var values: [Int] { counts.withLock { $0 } }

  func add(_ index: Int) { counts.withLock { $0[index] += 1 } }
}
