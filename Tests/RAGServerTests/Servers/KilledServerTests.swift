import Glibc
import TestSupport
import Testing

/// Servers that die or are replaced while they work.
@Suite(.enabled(if: ServerGroupNeeds.areMet, ServerGroupNeeds.absence), .timeLimit(.minutes(3)))
struct KilledServerTests {
  private struct Session: Decodable {
    var sessionID: String

    enum CodingKeys: String, CodingKey {
      case sessionID = "session_id"
    }
  }

  private static let sentence = "The knee joint bends the leg by 120 degrees"

  /// A provider whose first answer comes to a halt after its first piece until `goOn` is raised, if it ever is.
  private func haltingProvider(_ isHalfway: Signal, _ goOn: Signal?) throws -> LocalServer {
    let frames = FakeOpenAI.frames(["\(Self.sentence) [1]. ", "\(Self.sentence), it says [1]."])
    return try LocalServer { request, connection in
      connection.beginChunks(LocalResponse(headers: [("Content-Type", "text/event-stream")]))
      for (number, frame) in frames.enumerated() {
        connection.chunk("data: \(frame)\n\n")
        guard number == 1, !isHalfway.isRaised else { continue }
        isHalfway.raise()
        while goOn?.isRaised != true {
          if connection.waitForPeerToClose(milliseconds: 20) { return }
        }
      }
      connection.endChunks()
    }
  }

  private func settings(_ provider: LocalServer) -> [String: String] {
    [
      "CHAT_PROVIDER": "openai", "OPENAI_API_KEY": "sk-test-0123456789",
      "OPENAI_BASE_URL": provider.url + "/v1",
    ]
  }

  /// Asks as a stream; once it is halfway, calls `meanwhile` with the port of the server that answers, and returns what
  /// came after that.
  private func stream(
    _ body: String, from group: ServerGroup, _ isHalfway: Signal, meanwhile: @escaping @Sendable (Int) -> Void
  ) async throws -> String {
    let port = group.balancer.port
    let ports = group.ports
    let answer = Task {
      try await RawHTTPClient.onThread {
        let client = try RawHTTPClient(port: port, timeoutMilliseconds: 20_000)
        try client.send(ServerGroup.head("POST", "/api/chat", body) + body)
        let head = try client.readUntil("\r\n\r\n")
        _ = try client.readUntil("event: start")
        guard let own = ports.firstIndex(where: { head.contains("127.0.0.1:\($0)\r\n") }) else { return head }
        while !isHalfway.isRaised { usleep(5000) }
        meanwhile(own)
        do {
          return try client.readUntil("\r\n0\r\n\r\n")
        } catch RawHTTPClient.Failure.closed(let received) {
          return received
        }
      }
    }
    return try await answer.value
  }

  @Test(arguments: SeveralServersTests.Place.testable)
  func `one that is killed in the middle of a stream leaves no half of an exchange`(
    place: SeveralServersTests.Place
  ) async throws {
    let isHalfway = Signal()
    let provider = try haltingProvider(isHalfway, nil)
    try await place.run(settings(provider)) { group in
      let session: Session = try await group.send("POST", "/api/chat/sessions", "{}").json()
      let body = #"{"message":"How far does the knee joint bend?","conversation_id":"\#(session.sessionID)""#
      let rest = try await stream(#"\#(body),"stream":true}"#, from: group, isHalfway) { group.kill($0) }
      // The client sees that it is cut: no last event, and no last chunk.
      #expect(!rest.contains("event: done") && !rest.hasSuffix("0\r\n\r\n"), "\(rest)")
      let path = "/api/conversations/\(session.sessionID)"
      let cut: SeveralServersTests.Stored = try await group.send("GET", path).json()
      #expect(cut.messageCount == cut.messages.count && cut.messages.allSatisfy { $0.role == "user" })
      let again = try await group.send("POST", "/api/chat", body + "}")
      #expect(again.status == 200 && again.text.contains("it says"), "\(again.text)")
      let whole: SeveralServersTests.Stored = try await group.send("GET", path).json()
      #expect(whole.messages.map(\.role) == ["user", "assistant"] && whole.messageCount == 2)
      // And all who are left agree.
      for _ in 0..<4 {
        let seen: SeveralServersTests.Stored = try await group.send("GET", path).json()
        #expect(seen.messages.map(\.content) == whole.messages.map(\.content))
      }
    }
  }

  @Test func `one that is told to stop finishes its stream, and nobody is turned away`() async throws {
    let (isHalfway, goOn) = (Signal(), Signal())
    let provider = try haltingProvider(isHalfway, goOn)
    try await withServerGroup(settings(provider)) { group in
      let session: Session = try await group.send("POST", "/api/chat/sessions", "{}").json()
      let body =
        #"{"message":"How far does the knee joint bend?","conversation_id":"\#(session.sessionID)","stream":true}"#
      let streaming = Task {
        try await stream(body, from: group, isHalfway) { group.processes.servers[$0].signal(SIGTERM) }
      }
      await isHalfway.wait()
      for _ in 0..<6 {
        let response = try await group.send("POST", "/api/search", #"{"query":"knee"}"#)
        #expect(response.status == 200, "\(response.text)")
      }
      goOn.raise()
      let rest = try await streaming.value
      #expect(rest.contains("event: done") && rest.contains("it says"), "\(rest)")
      let stored: SeveralServersTests.Stored = try await group.send(
        "GET", "/api/conversations/\(session.sessionID)"
      ).json()
      #expect(stored.messages.map(\.role) == ["user", "assistant"])
    }
  }
}
