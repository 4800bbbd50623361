import HTTPClient
import TestSupport
import Testing

@Suite("HTTP client cancellation", .timeLimit(.minutes(1)))
struct HTTPClientCancellationTests {
  /// A server that answers the head of a stream, or nothing, and tells when the client has gone.
  struct Hanging {
    let arrived = Signal()
    let left = Signal()
    let server: LocalServer

    init(head: Bool) throws {
      server = try LocalServer { [arrived, left] _, connection in
        if head {
          connection.beginChunks()
          connection.chunk("first")
        }
        arrived.raise()
        connection.waitForPeerToClose()
        left.raise()
      }
    }
  }

  @Test("cancelling a task that waits for an answer ends it and closes the connection")
  func whileWaiting() async throws {
    let hanging = try Hanging(head: false)
    let task = Task { try await HTTPClientTests.client().send(HTTPRequest(.get, hanging.server.url)) }
    await hanging.arrived.wait()
    task.cancel()
    let error = await #expect(throws: HTTPClientError.self) { try await task.value }
    #expect(error?.code == .cancelled)
    await hanging.left.wait()
  }

  @Test("cancelling a reader ends its stream and closes the connection")
  func whileReading() async throws {
    let hanging = try Hanging(head: true)
    let gotFirst = Signal()
    let task = Task {
      for try await _ in try await HTTPClientTests.client().stream(HTTPRequest(.get, hanging.server.url)).body
      {
        gotFirst.raise()
      }
    }
    await gotFirst.wait()
    task.cancel()
    let error = await #expect(throws: HTTPClientError.self) { try await task.value }
    #expect(error?.code == .cancelled)
    await hanging.left.wait()
  }

  @Test("letting go of a body closes the connection")
  func abandoned() async throws {
    let hanging = try Hanging(head: true)
    let client = HTTPClientTests.client()
    do {
      let response = try await client.stream(HTTPRequest(.get, hanging.server.url))
      #expect(try await response.body.next() == Array("first".utf8))
    }
    await hanging.left.wait()
  }

  @Test("a task that is cancelled before it starts sends nothing")
  func beforeStart() async throws {
    let server = try LocalServer { $1.respond(LocalResponse("x")) }
    let client = HTTPClientTests.client()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await client.send(HTTPRequest(.get, server.url))
    }
    let error = await #expect(throws: HTTPClientError.self) { try await task.value }
    #expect(error?.code == .cancelled)
    #expect(server.requests.isEmpty)
  }

  @Test("cancelling at any moment gives an answer or `cancelled`, never a hang")
  func race() async throws {
    let server = try LocalServer { $1.respond(LocalResponse("x")) }
    let client = HTTPClientTests.client()
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<300 {
        group.addTask {
          let task = Task { try await client.send(HTTPRequest(.get, server.url)).text == "x" }
          for _ in 0..<(number % 30) { await Task.yield() }
          task.cancel()
          do {
            return try await task.value
          } catch {
            return (error as? HTTPClientError)?.code == .cancelled
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes == Array(repeating: true, count: 300))
    // The client still works.
    #expect(try await client.send(HTTPRequest(.get, server.url)).text == "x")
  }

  @Test("a shut down client fails what is in flight and what comes later")
  func shutdown() async throws {
    let hanging = try Hanging(head: false)
    let client = HTTPClientTests.client()
    let task = Task { try await client.send(HTTPRequest(.get, hanging.server.url)) }
    await hanging.arrived.wait()
    client.shutdown()
    let error = await #expect(throws: HTTPClientError.self) { try await task.value }
    #expect(error?.code == .closed)
    await hanging.left.wait()
    let later = await #expect(throws: HTTPClientError.self) {
      try await client.send(HTTPRequest(.get, hanging.server.url))
    }
    #expect(later?.code == .closed)
  }

  @Test("a client that nobody holds lives until its transfers end")
  func temporaryClient() async throws {
    let server = try LocalServer { _, connection in
      connection.beginChunks()
      connection.chunk("a")
      connection.dribble(Array("1\r\nb\r\n0\r\n\r\n".utf8), milliseconds: 1)
    }
    let response = try await HTTPClientTests.client().stream(HTTPRequest(.get, server.url))
    var text = ""
    for try await piece in response.body { text += String(decoding: piece, as: UTF8.self) }
    #expect(text == "ab")
  }
}
