import TestSupport
import Testing

/// One browser for all tests of a suite: starting it takes longer than most of them.
struct BrowserScope: SuiteTrait, TestScoping {
  @TaskLocal private static var current: Shared?

  /// Handed from one test to the next, never used by two at a time: suites with this trait are serialized.
  private final class Shared: @unchecked Sendable {
    let browser: Browser
    init(_ browser: Browser) { self.browser = browser }
  }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await Browser.run { browser in
      try await Self.$current.withValue(Shared(browser)) { try await function() }
    }
  }

  static var browser: Browser {
    get throws { try #require(current).browser }
  }
}

extension Trait where Self == BrowserScope {
  static var browser: BrowserScope { BrowserScope() }
}

extension Trait where Self == ConditionTrait {
  static var needsBrowser: ConditionTrait {
    .enabled(if: Browser.isInstalled, "Debian's packages chromium and chromium-driver are not installed")
  }
}
