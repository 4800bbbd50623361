import Glibc
import HTTPServer
import TestSupport
import Testing

@Suite struct ShutdownTests {
  private func makeServer(port: Int = 0, log: Collector<AccessLog.Entry>? = nil, _ routes: (Router) -> Void)
    -> HTTPServer
  {
    let router = Router(middleware: log.map { log in [AccessLog { log.add($0) }] } ?? [])
    routes(router)
    return HTTPServer(configuration: ServerConfiguration(port: port, threads: 2), handler: router.build())
  }

  @Test func `a running request is finished, its connection closed, and no other accepted`() async throws {
    let started = Collector<Void>()
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    let server = makeServer { router in
      router.get("/") { _ in
        started.add(())
        for await _ in gate {}
        return .text("done")
      }
    }
    let port = try server.start().port
    let client = try RawHTTPClient(port: port)
    let idle = try RawHTTPClient(port: port)
    try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    await started.wait(for: 1)
    let stopping = Task { await server.shutdown(within: .seconds(600)) }
    // The port is closed at once, not when the last request is done.
    try await RawHTTPClient.onThread {
      while (try? RawHTTPClient(port: port)) != nil { pause(milliseconds: 1) }
    }
    opener.finish()
    let box = ClientBox(client)
    let response = try await RawHTTPClient.onThread {
      let response = try box.client.readResponse()
      #expect(try box.client.readToEnd().isEmpty)
      return response
    }
    #expect(response.text == "done")
    #expect(response.header("Connection") == "close")
    await stopping.value
    idle.close()
  }

  @Test func `what is not finished in time is cut off and cancelled`() async throws {
    let started = Collector<Void>()
    let ended = Collector<String>()
    let log = Collector<AccessLog.Entry>()
    let server = makeServer(log: log) { router in
      router.get("/wait") { _ in
        started.add(())
        do {
          try await Task.sleep(for: .seconds(3_600))
        } catch {
          ended.add("wait")
          throw error
        }
        return .text("")
      }
      router.get("/stream") { _ in
        .events { events in
          try await events.send("hello")
          started.add(())
          do {
            try await Task.sleep(for: .seconds(3_600))
          } catch {
            ended.add("stream")
            throw error
          }
        }
      }
      router.get("/flood") { _ in
        .stream(contentType: "text/plain") { writer in
          started.add(())
          do {
            while true { try await writer.write([UInt8](repeating: 0, count: 100_000)) }
          } catch {
            ended.add("flood")
            throw error
          }
        }
      }
    }
    let port = try server.start().port
    var clients: [RawHTTPClient] = []
    for path in ["/wait", "/stream", "/flood"] {
      let client = try RawHTTPClient(port: port)
      try client.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
      clients.append(client)
    }
    let half = try RawHTTPClient(port: port)
    try half.send("POST /wait HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
    await started.wait(for: 3)
    await server.shutdown(within: .milliseconds(50))
    await ended.wait(for: 3)
    #expect(Set(ended.values) == ["wait", "stream", "flood"])
    await log.wait(for: 3)
    #expect(log.values.map(\.outcome).allSatisfy { $0 == .serverStopped })
    for client in clients + [half] { client.close() }
  }

  @Test func `a handler that ignores everything does not hold the server up`() async throws {
    let started = Collector<Void>()
    let finished = Collector<Void>()
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    let server = makeServer { router in
      router.get("/") { _ in
        started.add(())
        await Task.detached { for await _ in gate {} }.value
        finished.add(())
        return .text("too late")
      }
    }
    let client = try RawHTTPClient(port: try server.start().port)
    try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    await started.wait(for: 1)
    await server.shutdown(within: .zero)
    #expect(finished.values.isEmpty)
    opener.finish()
    await finished.wait(for: 1)
    client.close()
  }

  @Test func `stopping under load leaves nothing behind and may be asked for twice`() async throws {
    for round in 0..<20 {
      let server = makeServer { router in
        router.get("/") { _ in .text("ok") }
        router.get("/stream") { _ in .events { events in while true { try await events.send("x") } } }
      }
      let port = try server.start().port
      async let load: Void = RawHTTPClient.onThread {
        var clients: [RawHTTPClient] = []
        for index in 0..<200 {
          guard let client = try? RawHTTPClient(port: port) else { break }
          let path = index % 2 == 0 ? "/" : "/stream"
          if (try? client.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")) == nil { break }
          clients.append(client)
        }
      }
      pauseBriefly(round)
      async let first: Void = server.shutdown(within: .milliseconds(round % 3))
      async let second: Void = server.shutdown(within: .zero)
      _ = await (first, second)
      try await load
      #expect(throws: RawHTTPClient.Failure.self) { try RawHTTPClient(port: port) }
    }
  }

  private func pauseBriefly(_ round: Int) {
    for _ in 0..<round { sched_yield() }
  }

  @Test func `the port can be used again at once`() async throws {
    // Another program may take the port in between, hence several tries.
    for attempt in 1...5 {
      let first = makeServer { $0.get("/") { _ in .text("1") } }
      let port = try first.start().port
      let client = try RawHTTPClient(port: port)
      try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      await first.shutdown(within: .seconds(5))
      let second = makeServer(port: port) { $0.get("/") { _ in .text("2") } }
      do {
        #expect(try second.start().port == port)
        await second.shutdown(within: .zero)
        return
      } catch {
        if attempt == 5 { throw error }
      }
    }
  }

  @Test func `a server that is let go stops by itself`() async throws {
    var server: HTTPServer? = makeServer { $0.get("/") { _ in .text("1") } }
    let port = try #require(try server?.start().port)
    server = nil
    try await RawHTTPClient.onThread {
      while (try? RawHTTPClient(port: port)) != nil { pause(milliseconds: 1) }
    }
  }

  @Test func `running ends with shutdown and with cancellation`() async throws {
    for isCancelled in [false, true] {
      let server = makeServer { $0.get("/") { _ in .text("1") } }
      try server.start()
      let running = Task { await server.run(within: .zero) }
      if isCancelled { running.cancel() } else { await server.shutdown(within: .zero) }
      await running.value
    }
  }
}

/// Hands a client from a test to the thread that it waits for.
private final class ClientBox: @unchecked Sendable {
  // Sendable: the test does not use it meanwhile.
  let client: RawHTTPClient
  init(_ client: RawHTTPClient) { self.client = client }
}
