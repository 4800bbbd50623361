import Glibc
import HTTPServer
import TestSupport
import Testing

// One test alone: signals belong to the whole process.
@Suite(.serialized) struct ShutdownSignalsTests {
  @Test func `a signal stops a server, a second one at once, and afterwards it does what it did before`()
    async throws
  {
    var before = sigaction()
    sigaction(SIGUSR1, nil, &before)
    let started = Collector<Void>()
    let router = Router()
    router.get("/") { _ in
      started.add(())
      try await Task.sleep(for: .seconds(3_600))
      return .text("")
    }
    let server = HTTPServer(configuration: ServerConfiguration(port: 0, threads: 1), handler: router.build())
    let port = try server.start().port
    let client = try RawHTTPClient(port: port)
    try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    await started.wait(for: 1)

    var signals: ShutdownSignals? = ShutdownSignals([SIGUSR1])
    let running = Task { [signals] in await server.run(stoppingOn: signals, within: .seconds(3_600)) }
    kill(getpid(), SIGUSR1)
    try await RawHTTPClient.onThread {
      while (try? RawHTTPClient(port: port)) != nil { pause(milliseconds: 1) }
    }
    kill(getpid(), SIGUSR1)
    await running.value
    signals = nil

    var after = sigaction()
    // The listener's task lets go of the signals in its own time.
    try await RawHTTPClient.onThread {
      for _ in 0..<5_000 {
        var current = sigaction()
        sigaction(SIGUSR1, nil, &current)
        if current.__sigaction_handler.sa_handler == nil { break }
        pause(milliseconds: 1)
      }
    }
    sigaction(SIGUSR1, nil, &after)
    #expect(before.__sigaction_handler.sa_handler == nil)
    #expect(after.__sigaction_handler.sa_handler == nil)
    client.close()
  }
}
