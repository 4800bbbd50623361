import Testing

@testable import HTTPClient

/// Waiters are numbers here; every one must be woken exactly once.
@Suite("Transfer state")
struct TransferStateTests {
  typealias State = TransferState<Int, Int>

  private func show(_ wakeup: State.Wakeup?) -> String {
    switch wakeup {
    case nil: "-"
    case .head(let waiter, .success(let head)): "head \(waiter): \(head.status)"
    case .head(let waiter, .failure(let error)): "head \(waiter): \(error.code)"
    case .chunk(let waiter, .success(nil)): "chunk \(waiter): end"
    case .chunk(let waiter, .success(let bytes?)):
      "chunk \(waiter): \(String(decoding: bytes, as: UTF8.self))"
    case .chunk(let waiter, .failure(let error)): "chunk \(waiter): \(error.code)"
    }
  }

  private func show(_ reception: State.Reception) -> String {
    switch reception {
    case .accepted(let wakeup): show(wakeup)
    case .pause: "pause"
    case .refused: "refused"
    }
  }

  private let ok = HTTPResponseHead(status: 200)
  private let cut = HTTPClientError(.cutOff, "cut")

  @Test("hands pieces to a waiting reader and keeps those that come early")
  func pieces() {
    var state = State(delivery: .pieces(bufferBytes: 10))
    #expect(show(state.awaitHead(1)) == "-")
    #expect(show(state.receive(head: ok)) == "head 1: 200")
    #expect(show(state.awaitChunk(2).wakeup) == "-")
    #expect(show(state.receive(Array("ab".utf8))) == "chunk 2: ab")
    #expect(show(state.receive(Array("cd".utf8))) == "-")
    #expect(show(state.receive(Array("ef".utf8))) == "-")
    #expect(show(state.finish(.success(()))) == "-")
    #expect(show(state.awaitChunk(3).wakeup) == "chunk 3: cdef")
    #expect(show(state.awaitChunk(4).wakeup) == "chunk 4: end")
    #expect(show(state.awaitChunk(5).wakeup) == "chunk 5: end")
  }

  @Test("pauses when the buffer is full and resumes when it is taken")
  func backpressure() {
    var state = State(delivery: .pieces(bufferBytes: 4))
    _ = state.receive(head: ok)
    #expect(show(state.receive(Array("abcd".utf8))) == "-")
    #expect(show(state.receive(Array("e".utf8))) == "pause")
    let first = state.awaitChunk(1)
    #expect(show(first.wakeup) == "chunk 1: abcd")
    #expect(first.resumes)
    let second = state.awaitChunk(2)
    #expect(show(second.wakeup) == "-")
    #expect(!second.resumes)
    #expect(show(state.receive(Array("e".utf8))) == "chunk 2: e")
  }

  @Test("delivers a whole body once it is complete")
  func whole() {
    var state = State(delivery: .whole)
    _ = state.receive(head: ok)
    #expect(show(state.awaitHead(1)) == "head 1: 200")
    #expect(show(state.receive(Array("ab".utf8))) == "-")
    #expect(show(state.awaitChunk(2).wakeup) == "-")
    #expect(show(state.receive(Array("cd".utf8))) == "-")
    #expect(show(state.finish(.success(()))) == "chunk 2: abcd")
    #expect(show(state.awaitChunk(3).wakeup) == "chunk 3: end")
  }

  @Test("delivers what came before a failure, then the failure")
  func failure() {
    var state = State(delivery: .pieces(bufferBytes: 10))
    _ = state.receive(head: ok)
    _ = state.receive(Array("ab".utf8))
    #expect(show(state.finish(.failure(cut))) == "-")
    #expect(show(state.awaitChunk(1).wakeup) == "chunk 1: ab")
    #expect(show(state.awaitChunk(2).wakeup) == "chunk 2: cutOff")

    var whole = State(delivery: .whole)
    _ = whole.receive(head: ok)
    _ = whole.receive(Array("ab".utf8))
    _ = whole.awaitChunk(1)
    #expect(show(whole.finish(.failure(cut))) == "chunk 1: cutOff")
    #expect(show(whole.awaitChunk(2).wakeup) == "chunk 2: cutOff")
  }

  @Test("fails whoever waits for the head when the transfer ends without one")
  func noHead() {
    var state = State(delivery: .whole)
    _ = state.awaitHead(1)
    #expect(show(state.finish(.success(()))) == "head 1: cutOff")
    var failed = State(delivery: .whole)
    _ = failed.awaitHead(1)
    #expect(show(failed.finish(.failure(cut))) == "head 1: cutOff")
    #expect(show(failed.finish(.success(()))) == "-")
  }

  @Test("cancellation before the start, while waiting and after the end wakes once")
  func cancellation() {
    var early = State(delivery: .whole)
    #expect(early.cancel().stops)
    #expect(show(early.awaitHead(1)) == "head 1: cancelled")
    #expect(!early.cancel().stops)

    var waiting = State(delivery: .pieces(bufferBytes: 10))
    _ = waiting.receive(head: ok)
    _ = waiting.awaitChunk(1)
    #expect(show(waiting.cancel().wakeup) == "chunk 1: cancelled")
    #expect(show(waiting.receive(Array("x".utf8))) == "refused")
    #expect(show(waiting.finish(.success(()))) == "-")
    #expect(show(waiting.awaitChunk(2).wakeup) == "chunk 2: cancelled")

    var late = State(delivery: .pieces(bufferBytes: 10))
    _ = late.receive(head: ok)
    _ = late.receive(Array("x".utf8))
    _ = late.finish(.success(()))
    #expect(!late.cancel().stops)
    #expect(show(late.awaitChunk(1).wakeup) == "chunk 1: x")
  }

  @Test("a second reader gets an error, the first keeps waiting")
  func twoReaders() {
    var state = State(delivery: .pieces(bufferBytes: 10))
    _ = state.receive(head: ok)
    _ = state.awaitChunk(1)
    #expect(show(state.awaitChunk(2).wakeup) == "chunk 2: failed")
    #expect(show(state.receive(Array("x".utf8))) == "chunk 1: x")
  }
}
