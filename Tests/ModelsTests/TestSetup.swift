import HTTPClient
import Synchronization
import TestSupport

@testable import Models

/// Retries without waiting, and remembers how long it would have waited.
final class FakeSleep: Sendable {
  private let state = Mutex([Duration]())

  var delays: [Duration] { state.withLock { $0 } }

  func retrier(_ policy: RetryPolicy = RetryPolicy(jitter: .none)) -> Retrier {
    Retrier(
      policy: policy,
      sleep: { delay in
        try Task.checkCancellation()
        self.state.withLock { $0.append(delay) }
      },
      random: { 0.5 })
  }
}

/// One client for all tests: proxies of the environment would stand between us and our own servers.
let testClient = {
  var configuration = HTTPClient.Configuration()
  configuration.proxy = .none
  return HTTPClient(configuration: configuration)
}()

extension ProviderEndpoint {
  /// A dialect that the address alone would not tell.
  static func test(
    _ dialect: Dialect, _ baseURL: String, key: @escaping @Sendable () -> String?
  ) -> ProviderEndpoint {
    let name =
      switch dialect {
      case .openAI, .compatible: "openai"
      case .gemini: "gemini"
      case .cohere: "cohere"
      }
    return ProviderEndpoint(
      name: name, baseURL: baseURL, key: key, keyVariable: "\(name.uppercased())_API_KEY",
      baseURLVariable: "\(name.uppercased())_BASE_URL", dialect: dialect)
  }

  static func of(_ fake: FakeOpenAI, _ dialect: Dialect = .openAI) -> ProviderEndpoint {
    test(dialect, fake.baseURL) { [key = fake.key] in key }
  }

  static func of(_ fake: FakeCohere) -> ProviderEndpoint {
    test(.cohere, fake.baseURL) { [key = fake.key] in key }
  }
}

/// Runs `body` and returns the error that it throws, if it is of our type.
func modelError(_ body: () async throws -> Void) async -> ModelError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? ModelError
  }
}

final class Counter: Sendable {
  private let count = Mutex(0)

  var value: Int { count.withLock { $0 } }
  func increase() { count.withLock { $0 += 1 } }
}
