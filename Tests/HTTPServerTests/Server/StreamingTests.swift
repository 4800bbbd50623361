import HTTPServer
import Synchronization
import TestSupport
import Testing

@Suite struct StreamingTests {
  @Test func `the head is sent before the first byte of the body is there`() async throws {
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    let routes: (Router) -> Void = { router in
      router.get("/") { _ in
        .events { events in
          for await _ in gate { break }
          try await events.send("first")
        }
      }
    }
    try await withServer(routes: routes) { server in
      try await server.connect { client in
        try client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
        #expect(try client.readUntil("\r\n\r\n").hasPrefix("HTTP/1.1 200"))
        opener.finish()
        #expect(try client.readUntil("0\r\n\r\n").contains("data: first"))
      }
    }
  }

  @Test func `each event arrives when it is sent`() async throws {
    let (gate, opener) = AsyncStream.makeStream(of: Int.self)
    let routes: (Router) -> Void = { router in
      router.get("/") { _ in
        .events { events in
          for await index in gate { try await events.send("\(index)") }
        }
      }
    }
    try await withServer(routes: routes) { server in
      try await server.connect { client in
        try client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
        for index in 0..<50 {
          opener.yield(index)
          #expect(try client.readUntil("data: \(index)\n\n").isEmpty == false)
        }
        opener.finish()
        #expect(try client.readUntil("0\r\n\r\n").isEmpty == false)
      }
    }
  }

  @Test func `a client that does not read makes the producer wait, and then gets everything`() async throws {
    var limits = ServerLimits()
    limits.streamBuffer = 10_000
    let written = SharedCount()
    let total = 40_000_000
    let routes: (Router) -> Void = { router in
      router.get("/") { _ in
        .stream(contentType: "text/plain") { writer in
          let piece = [UInt8](repeating: 0x61, count: 25_000)
          for _ in 0..<total / piece.count {
            try await writer.write(piece)
            written.add(piece.count)
          }
        }
      }
    }
    try await withServer(limits: limits, routes: routes) { server in
      let port = server.port
      try await RawHTTPClient.onThread {
        let client = try RawHTTPClient(port: port, receiveBuffer: 65_536)
        try client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
        _ = try client.readUntil("\r\n\r\n")
        // Reading stops here until the producer has come to rest.
        var last = -1
        while written.value != last || last == 0 {
          last = written.value
          pause(milliseconds: 50)
        }
        #expect(last < total / 2)
        var received = 0
        while case let chunk = try client.readChunk(), !chunk.isEmpty { received += chunk.count }
        #expect(received == total)
      }
    }
  }

  @Test func `a producer's error cuts the stream, so that it does not look whole`() async throws {
    struct Broken: Error {}
    let log = Collector<AccessLog.Entry>()
    let routes: (Router) -> Void = { router in
      router.get("/") { _ in
        .stream(contentType: "text/plain") { writer in
          try await writer.write("some")
          throw Broken()
        }
      }
    }
    try await withServer(middleware: [AccessLog { log.add($0) }], routes: routes) { server in
      let bytes = try await server.connect { client in
        try client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
        return try client.readToEnd()
      }
      #expect(!String(decoding: bytes, as: UTF8.self).hasSuffix("0\r\n\r\n"))
      await log.wait(for: 1)
      #expect(log.values[0].outcome == .failed("Broken()"))
    }
  }

  @Test func `keep-alive comments are sent while nothing else is`() async throws {
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    let routes: (Router) -> Void = { router in
      router.get("/") { _ in
        .events(keepAlive: .milliseconds(10)) { events in
          for await _ in gate { break }
          try await events.send("end")
        }
      }
    }
    try await withServer(routes: routes) { server in
      try await server.connect { client in
        try client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
        for _ in 0..<3 { _ = try client.readUntil(": keep-alive\n\n") }
        opener.finish()
        #expect(try client.readUntil("0\r\n\r\n").contains("data: end"))
      }
    }
  }

  @Test func `a thousand streams stay open together without a thread each`() async throws {
    let count = 1_000
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    // One task waits for the gate and tells the others: an AsyncStream has one reader.
    let opened = Task { for await _ in gate { break } }
    let log = Collector<AccessLog.Entry>()
    let routes: (Router) -> Void = { router in
      router.get("/{id}") { request in
        let id = try request.parameter("id")
        return .events { events in
          try await events.send("begin \(id)")
          await opened.value
          try await events.send("end \(id)")
        }
      }
    }
    try await withServer(middleware: [AccessLog { log.add($0) }], routes: routes) { server in
      let port = server.port
      let threads = try await RawHTTPClient.onThread {
        allowManyFiles()
        let clients = try (0..<count).map { _ in try RawHTTPClient(port: port) }
        for (index, client) in clients.enumerated() {
          try client.send("GET /\(index) HTTP/1.1\r\nHost: test\r\n\r\n")
        }
        for (index, client) in clients.enumerated() { _ = try client.readUntil("data: begin \(index)\n\n") }
        let threads = threadCount()
        opener.finish()
        for (index, client) in clients.enumerated() {
          #expect(try client.readUntil("0\r\n\r\n").contains("data: end \(index)\n\n"))
        }
        return threads
      }
      // Other tests run at the same time, and their clients have threads.
      #expect(threads < count / 2)
      await log.wait(for: count)
      #expect(log.values.allSatisfy { $0.outcome == .sent })
    }
  }
}
