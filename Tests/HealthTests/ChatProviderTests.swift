import HTTPClient
import Health
import Models
import Synchronization
import TestSupport
import Testing

/// The check of a chat provider against servers that do what they should not.
@Suite struct ChatProviderTests {
  private static func model(_ url: String, key: String = "sk-test-0123456789", name: String = "gpt-5.4-mini")
    -> OpenAIChatModel
  {
    OpenAIChatModel(
      .init(model: name), endpoint: .openAI(baseURL: url, key: { key }), client: HTTPClient())
  }

  private static func finding(_ model: OpenAIChatModel) async -> HealthFinding {
    await ChatProviderCheck { model }.finding(within: .milliseconds(1500))
  }

  @Test func `a provider that takes the key and has the model is healthy`() async throws {
    let provider = try FakeOpenAI()
    let found = await Self.finding(Self.model(provider.baseURL, key: provider.key))
    #expect(found.status == .healthy && found.detail == "gpt-5.4-mini at openai can be used.")
    #expect(provider.provider.violations == [])
  }

  @Test func `a model that the key cannot use is named with those that it can`() async throws {
    let provider = try FakeOpenAI { $0.models = ["gpt-4o", "gpt-5.4", "whisper-1"] }
    let found = await Self.finding(Self.model(provider.baseURL, key: provider.key, name: "gpt-5.4-nano"))
    #expect(found.status == .degraded && found.code == "model_not_found")
    #expect(found.models == ["gpt-5.4", "gpt-4o"])
    #expect(found.hint == "Choose one that it can use: gpt-5.4, gpt-4o.")
  }

  @Test(arguments: ["llama3.2", "llama3.2:latest"])
  func `a tag that goes without saying is no other model`(name: String) async throws {
    let provider = try FakeOpenAI { $0.models = ["llama3.2:latest"] }
    #expect(
      await Self.finding(Self.model(provider.baseURL, key: provider.key, name: name)).status == .healthy)
  }

  @Test func `a wrong key is degraded and says which setting to change`() async throws {
    let server = try LocalServer { _, connection in
      connection.respond(
        FakeOpenAI.error(401, message: "Incorrect API key provided.", code: "invalid_api_key"))
    }
    let found = await Self.finding(Self.model(server.url))
    #expect(found.status == .degraded && found.code == "authentication")
    #expect(found.hint?.contains("OPENAI_API_KEY") == true)
  }

  @Test func `a server that is not there is unavailable`() async {
    let found = await Self.finding(Self.model("http://127.0.0.1:1"))
    #expect(found.status == .degraded && found.code == "unavailable")
    #expect(found.hint?.contains("http://127.0.0.1:1") == true)
  }

  @Test(arguments: ["<html>Welcome to the hotel</html>", #"{"data": 3}"#, "", "\u{0}\u{1}"])
  func `garbage is an invalid response`(body: String) async throws {
    let server = try LocalServer { _, connection in connection.respond(.json(body)) }
    let found = await Self.finding(Self.model(server.url))
    #expect(found.status == .degraded && found.code == "invalid_response")
  }

  @Test func `a server that hangs is a timeout before two seconds have passed`() async throws {
    let server = try LocalServer { _, connection in _ = connection.waitForPeerToClose() }
    let start = ContinuousClock.now
    let found = await Self.finding(Self.model(server.url))
    #expect(found.status == .degraded && found.code == "timeout")
    #expect(.now - start < .seconds(2))
  }

  @Test func `what a provider said is believed for a while, but not for another key`() async throws {
    let server = try LocalServer { _, connection in
      connection.respond(.json(#"{"data": [{"id": "gpt-5.4-mini"}]}"#))
    }
    let key = Mutex("sk-one-0123456789")
    let shared = SharedKey(key: key.withLock { $0 })
    let model = OpenAIChatModel(
      .init(model: "gpt-5.4-mini"), endpoint: .openAI(baseURL: server.url, key: { shared.value }),
      client: HTTPClient())
    let check = ChatProviderCheck { model }
    for _ in 0..<3 { _ = await check.finding(within: .seconds(1)) }
    #expect(server.requests.count == 1)
    shared.set("sk-two-0123456789")
    _ = await check.finding(within: .seconds(1))
    #expect(server.requests.count == 2)
  }

  @Test func `without a provider there is nothing to fail`() async {
    let found = await ChatProviderCheck { nil }.finding(within: .seconds(1))
    #expect(found.status == .healthy && found.detail.contains("own sentences"))
  }
}

private final class SharedKey: Sendable {
  private let key: Mutex<String>
  init(key: String) { self.key = Mutex(key) }
  var value: String { key.withLock { $0 } }
  func set(_ value: String) { key.withLock { $0 = value } }
}
