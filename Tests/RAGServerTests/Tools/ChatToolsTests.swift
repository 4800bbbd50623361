import Commands
import FoundationEssentials
import Glibc
import MCP
import Models
import TestSupport
import Testing

@testable import RAGServer

@Suite struct ChatToolsTests {
  private static func calls(_ calls: (name: String, arguments: String)...) -> [String] {
    let list = calls.enumerated().map { index, call -> TestJSON in
      [
        "index": .number(Double(index)), "id": .string("c\(index)"), "type": "function",
        "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
      ]
    }
    return [
      FakeOpenAI.chunk(["tool_calls": .array(list)]), FakeOpenAI.chunk([:], finish: "tool_calls"), "[DONE]",
    ]
  }

  private static func fake(
    _ rounds: [[String]], _ change: (inout FakeOpenAI.Behaviour) -> Void = { _ in }
  ) throws -> FakeOpenAI {
    try FakeOpenAI {
      $0.isOriginal = false
      $0.framesByRound = rounds
      change(&$0)
    }
  }

  /// Settings under which the fake writes the answers.
  private static func settings(_ fake: FakeOpenAI, _ more: [String: String] = [:]) -> Settings {
    let own = ["OPENAI_API_KEY": fake.key, "OPENAI_BASE_URL": fake.baseURL, "OPENAI_MODEL": "gpt-4o"]
    return Settings(environment: own.merging(more) { $1 })
  }

  private func tools(_ fake: FakeOpenAI) -> [String] {
    let bodies = fake.provider.bodies("/v1/chat/completions")
    return (bodies.last?["tools"]?.elements ?? []).compactMap { $0["function"]?["name"]?.string }
  }

  @Test func aTaskIsKeptForWhoeverIsNamed() async throws {
    let fake = try Self.fake([
      Self.calls(("add_task", #"{"title":"Oil the knee"}"#), ("list_tasks", "{}")),
      FakeOpenAI.frames(["I have added", " it."]),
    ])
    try await withRAGServer(configure: setting(\.settings, Self.settings(fake))) { fixture in
      let reply = try await fixture.post(
        "/api/chat", #"{"message":"Add a task to oil the knee","user_id":"ann"}"#
      ).json(JSONValue.self)
      #expect(reply["answer"] == "I have added it." && reply["response"] == "I have added it.")
      #expect(reply["answered"] == true && reply["degraded"] == false)
      let call = try #require(reply["tool_calls"]?.array?.first)
      #expect(call["tool"] == "add_task" && call["arguments"] == ["title": "Oil the knee"])
      #expect(call["result"]?["status"] == "created" && call["result"]?["task_id"]?.string != nil)
      let second = try await fixture.post("/api/chat", #"{"message":"My tasks?","user_id":"bob"}"#)
        .json(JSONValue.self)
      #expect(second["tool_calls"]?.array?.last?["result"]?["count"] == 1, "only his own")
      let third = try await fixture.post("/api/chat", #"{"message":"My tasks?","user_id":"ann"}"#)
        .json(JSONValue.self)
      #expect(third["tool_calls"]?.array?.last?["result"]?["count"] == 2)
    }
    #expect(fake.provider.violations == [])
  }

  @Test func strangersHaveNoTasks() async throws {
    let fake = try Self.fake([FakeOpenAI.frames(["The knee [1]."])])
    try await withRAGServer(configure: setting(\.settings, Self.settings(fake))) { fixture in
      _ = try await fixture.post("/api/chat", #"{"message":"What bends the leg?"}"#)
      #expect(tools(fake) == ["search_documents"])
      _ = try await fixture.post("/api/chat", #"{"message":"What bends the leg?","user_id":"ann"}"#)
      #expect(tools(fake).contains("delete_task"))
    }
  }

  @Test(arguments: [("on", "Found by words alone"), ("off", #"{"error":"Spent. Pay."}"#)])
  func aSearchOfTheModelFallsBackOnWordsUnlessThatIsOff(fallback: String, told: String) async throws {
    let fake = try Self.fake([
      Self.calls(("search_documents", #"{"query":"the elbow joint bends the arm"}"#)),
      FakeOpenAI.frames(["The knee [1]."]),
    ])
    let model = FaultyModel()
    let settings = Self.settings(fake, ["FALLBACK": fallback])
    try await withRAGServer(model: model, configure: setting(\.settings, settings)) { fixture in
      let spent = ModelError(.quotaExceeded, provider: "openai", message: "Spent.", hint: "Pay.")
      model.set(.error(spent), after: 1)
      let response = try await fixture.post("/api/chat", #"{"message":"What bends the leg?"}"#)
      #expect(response.status == 200, "\(response.text)")
      let messages = fake.provider.bodies("/v1/chat/completions").last?["messages"]?.elements ?? []
      let result = messages.last { $0["role"]?.string == "tool" }?["content"]?.string ?? ""
      #expect(result.contains(told), "\(result)")
      #expect(result.contains("arm.md") == (fallback == "on"))
    }
  }

  @Test func toolsCanBeTurnedOff() async throws {
    let fake = try Self.fake([FakeOpenAI.frames(["The knee [1]."])])
    let settings = Self.settings(fake, ["TOOLS": "off"])
    try await withRAGServer(configure: setting(\.settings, settings)) { fixture in
      _ = try await fixture.post("/api/chat", #"{"message":"What bends the leg?","user_id":"ann"}"#)
      #expect(tools(fake) == [])
    }
  }

  @Test func aModelWithoutToolsAnswersWithoutThem() async throws {
    let fake = try Self.fake([FakeOpenAI.frames(["The knee [1]."])]) { $0.refused = ["tools"] }
    try await withRAGServer(configure: setting(\.settings, Self.settings(fake))) { fixture in
      let reply = try await fixture.post("/api/chat", #"{"message":"What bends the leg?","user_id":"ann"}"#)
        .json(JSONValue.self)
      #expect(reply["answer"] == "The knee [1]." && reply["degraded"] == false)
    }
  }

  @Test(.enabled(if: PythonPeer.isThere, "\(PythonPeer.reason)"))
  func anExternalServersToolsAreOffered() async throws {
    // As the program does: the dead server's pipe is closed.
    signal(SIGPIPE, SIG_IGN)
    let fake = try Self.fake([
      Self.calls(("py_add", #"{"a":2,"b":3}"#)), FakeOpenAI.frames(["It is 5."]),
    ])
    let configuration = try MCPConfiguration(
      parsing: Array(
        """
        {"mcpServers": {"py": {"command": "\(PythonPeer.interpreter ?? "")", "args": ["\(PythonPeer.server)", "stdio"]},
          "dead": {"command": "false"}}}
        """.utf8)
    ) { _ in nil }
    let settings = Self.settings(fake)
    func configure(_ application: inout ApplicationConfiguration) {
      application.settings = settings
      application.externalServers = configuration
      application.healthLifetime = .zero
    }
    try await withRAGServer(configure: configure) { fixture in
      var parts: JSONValue?
      for _ in 0..<600 {
        let response = try await fixture.send("GET", "/api/health")
        #expect(response.status == 200, "a dead server is no reason to be unhealthy")
        parts = try response.json(JSONValue.self)["parts"]
        if parts?["mcp:py"]?["status"] == "healthy" { break }
        try await Task.sleep(for: .milliseconds(50))
      }
      #expect(parts?["mcp:py"]?["status"] == "healthy" && parts?["mcp:dead"]?["status"] == "degraded")
      let reply = try await fixture.post("/api/chat", #"{"message":"2 and 3?"}"#).json(JSONValue.self)
      #expect(reply["tool_calls"]?.array?.first?["result"] == ["result": 5])
      #expect(reply["answer"] == "It is 5." && reply["answered"] == true)
    }
  }
}
