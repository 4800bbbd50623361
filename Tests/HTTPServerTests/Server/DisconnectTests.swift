import HTTPServer
import TestSupport
import Testing

@Suite struct DisconnectTests {
  /// Waits until its task is cancelled.
  @Sendable private static func waitForCancellation() async throws {
    try await Task.sleep(for: .seconds(3_600))
  }

  @Test(arguments: [false, true])
  func `a client that leaves cancels the handler that works for it`(resets: Bool) async throws {
    let started = Collector<Void>()
    let cancelled = Collector<Bool>()
    let log = Collector<AccessLog.Entry>()
    let routes: (Router) -> Void = { router in
      router.get("/") { _ in
        started.add(())
        do {
          try await Self.waitForCancellation()
        } catch {
          cancelled.add(Task.isCancelled)
          throw error
        }
        return .text("")
      }
    }
    try await withServer(middleware: [AccessLog { log.add($0) }], routes: routes) { server in
      let client = try RawHTTPClient(port: server.port)
      try client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
      await started.wait(for: 1)
      if resets { client.resetOnClose() }
      client.close()
      await cancelled.wait(for: 1)
      #expect(cancelled.values == [true])
      await log.wait(for: 1)
      #expect(log.values[0].outcome == .clientGone)
      #expect(log.values[0].status == .clientClosedRequest)
    }
  }

  @Test(arguments: [false, true])
  func `a client that leaves ends its stream between two writes`(resets: Bool) async throws {
    let started = Collector<Void>()
    let cancelled = Collector<Bool>()
    let log = Collector<AccessLog.Entry>()
    let routes: (Router) -> Void = { router in
      router.get("/") { _ in
        .events(keepAlive: nil) { events in
          try await events.send("hello")
          started.add(())
          do {
            try await Self.waitForCancellation()
          } catch {
            cancelled.add(Task.isCancelled)
            throw error
          }
        }
      }
    }
    try await withServer(middleware: [AccessLog { log.add($0) }], routes: routes) { server in
      let client = try RawHTTPClient(port: server.port)
      try client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
      await started.wait(for: 1)
      if resets { client.resetOnClose() }
      client.close()
      await cancelled.wait(for: 1)
      #expect(cancelled.values == [true])
      await log.wait(for: 1)
      #expect(log.values[0].outcome == .clientGone)
    }
  }

  @Test func `a writer that waits for a slow client is told when the client leaves`() async throws {
    let failure = Collector<String>()
    let waiting = Collector<Void>()
    let routes: (Router) -> Void = { router in
      router.get("/") { _ in
        .stream(contentType: "text/plain") { writer in
          waiting.add(())
          do {
            while true { try await writer.write([UInt8](repeating: 0x61, count: 100_000)) }
          } catch {
            failure.add("\(type(of: error))")
            throw error
          }
        }
      }
    }
    try await withServer(routes: routes) { server in
      let client = try RawHTTPClient(port: server.port)
      try client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
      await waiting.wait(for: 1)
      client.close()
      await failure.wait(for: 1)
      #expect(["ClientGone", "CancellationError"].contains(failure.values[0]))
    }
  }

  @Test func `clients that come and go in any state leave nothing behind`() async throws {
    let running = SharedCount()
    let routes: (Router) -> Void = { router in
      router.get("/slow") { _ in
        running.add(1)
        defer { running.add(-1) }
        try await Task.sleep(for: .milliseconds(2))
        return .text("ok")
      }
      router.get("/events") { _ in
        .events { events in
          running.add(1)
          defer { running.add(-1) }
          for index in 0..<200 { try await events.send("\(index)") }
        }
      }
    }
    let log = Collector<AccessLog.Entry>()
    try await withServer(middleware: [AccessLog { log.add($0) }], routes: routes) { server in
      let port = server.port
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<4 {
          group.addTask {
            try await RawHTTPClient.onThread {
              var random = SeededGenerator(UInt64(worker))
              for _ in 0..<100 {
                let client = try RawHTTPClient(port: port)
                let path = random.next() % 2 == 0 ? "/slow" : "/events"
                try client.send("GET \(path) HTTP/1.1\r\nHost: test\r\n\r\n")
                if random.next() % 2 == 0 { client.resetOnClose() }
                switch random.next() % 4 {
                case 0: break
                case 1: _ = try? client.readUntil("\r\n\r\n")
                case 2: pause(milliseconds: UInt32(random.next() % 4))
                default: _ = try? client.readResponse()
                }
                client.close()
              }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await server.send("GET", "/slow").text == "ok")
      await server.server.shutdown(within: .seconds(20))
      while running.value > 0 { await Task.yield() }
      #expect(running.value == 0)
    }
  }
}
