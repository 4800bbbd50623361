import Synchronization
import Testing

@testable import State

@Suite struct ConnectionPoolTests {
  /// A job that holds its connection until it is told to end.
  private final class Held: Sendable {
    private let isOpen = Atomic<Bool>(false)
    let began = Atomic<Bool>(false)

    func block() {
      began.store(true, ordering: .sequentiallyConsistent)
      while !isOpen.load(ordering: .sequentiallyConsistent) {}
    }

    func open() { isOpen.store(true, ordering: .sequentiallyConsistent) }

    func hasBegun() async { while !began.load(ordering: .sequentiallyConsistent) { await Task.yield() } }
  }

  @Test func `a connection is kept, and made anew where a job leaves none`() async throws {
    let pool = ConnectionPool<Int>(label: "test", size: 1)
    let found = try await pool.perform { slot in
      defer { slot = 1 }
      return slot
    }
    #expect(found == nil)
    let second = try await pool.perform { slot in
      defer { slot = nil }
      return slot
    }
    #expect(second == 1)
    #expect(try await pool.perform { $0 } == nil)
  }

  @Test func `a job that waits too long is told so, and the others are served`() async throws {
    let pool = ConnectionPool<Int>(label: "test", size: 1, patience: 20)
    let held = Held()
    let first = Task { try await pool.perform { _ in held.block() } }
    await held.hasBegun()
    let error = await #expect(throws: StateError.self) { try await pool.perform { _ in } }
    #expect(error?.message.contains("All 1 connections") == true)
    held.open()
    try await first.value
    try await pool.perform { _ in }
  }

  @Test func `a job that waits ends with its task, and one that runs does not`() async throws {
    let pool = ConnectionPool<Int>(label: "test", size: 1)
    let held = Held()
    let first = Task { try await pool.perform { _ in held.block() } }
    await held.hasBegun()
    let second = Task { try await pool.perform { _ in Issue.record("It was cancelled.") } }
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    first.cancel()
    held.open()
    try await first.value
  }

  @Test func `closing waits for what runs and refuses the rest`() async throws {
    let pool = ConnectionPool<Int>(label: "test", size: 1)
    let held = Held()
    let first = Task { try await pool.perform { _ in held.block() } }
    await held.hasBegun()
    let waiting = Task { try await pool.perform { _ in } }
    let closing = Task { await pool.close() }
    await #expect(throws: StateError.self) { try await waiting.value }
    held.open()
    await closing.value
    try await first.value
    await #expect(throws: StateError.self) { try await pool.perform { _ in } }
  }
}
