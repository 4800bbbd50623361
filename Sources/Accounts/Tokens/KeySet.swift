import FoundationEssentials
import HTTPClient
import Models

/// The public keys behind a URL (`JWKS_URL`), kept in memory and fetched again when they age or rotate.
///
/// The address is the operator's; nothing that a token says leads to a request. Redirects are not followed.
public actor KeySet {
  public struct Configuration: Sendable {
    /// After this the keys are fetched again, while the old ones serve.
    public var lifetime: Duration = .seconds(600)
    /// After this old keys serve no longer: their owner may have taken them back.
    public var longestLifetime: Duration = .seconds(86_400)
    /// Least time between two fetches, however many unknown keys are asked for.
    public var pause: Duration = .seconds(30)
    public var deadline: Duration = .seconds(5)
    public var largest = 256 << 10
    /// Keys of a set that are looked at.
    public var mostKeys = 100
    public var now: @Sendable () -> ContinuousClock.Instant = { .now }

    public init() {}
  }

  private struct Fetched {
    var keys: [JSONWebKey]
    var time: ContinuousClock.Instant
  }

  private let url: String
  private let client: HTTPClient
  private let configuration: Configuration
  /// Told why a fetch failed.
  private let report: @Sendable (String) -> Void
  private var fetched: Fetched?
  private var lastAttempt: ContinuousClock.Instant?
  private var running: Task<Void, Never>?

  public init(
    url: String, client: HTTPClient, configuration: Configuration = Configuration(),
    report: @escaping @Sendable (String) -> Void
  ) {
    self.url = url
    self.client = client
    self.configuration = configuration
    self.report = report
  }

  /// The keys that may have signed a token with this `kid`: those of that name, or all for a token that names
  /// none.
  func keys(_ id: String?) async throws(TokenError) -> [JSONWebKey] {
    let age = fetched.map { configuration.now() - $0.time }
    if let age, age < configuration.longestLifetime {
      let found = matching(id)
      if !found.isEmpty {
        if age >= configuration.lifetime { startFetch() }
        return found
      }
    } else {
      fetched = nil
    }
    startFetch()
    await running?.value
    guard fetched != nil else { throw TokenError(.keysUnavailable, "the key set cannot be fetched") }
    let found = matching(id)
    if found.isEmpty { throw TokenError(.unknownKey, "the key set has no such key") }
    return found
  }

  private func matching(_ id: String?) -> [JSONWebKey] {
    guard let keys = fetched?.keys else { return [] }
    guard let id else { return keys }
    return keys.filter { $0.id == id }
  }

  /// Fetches unless that is being done, or was done just now.
  private func startFetch() {
    guard running == nil else { return }
    if let lastAttempt, configuration.now() - lastAttempt < configuration.pause { return }
    lastAttempt = configuration.now()
    // Not a child of the request that happens to come first: that one may be cancelled.
    running = Task { await fetch() }
  }

  private func fetch() async {
    defer { running = nil }
    var request = HTTPRequest(.get, url, headers: ["Accept": "application/json"])
    request.deadline = .now + configuration.deadline
    request.maximumResponseBytes = configuration.largest
    do {
      let response = try await client.send(request)
      guard response.head.isSuccess else {
        return report("The key set at \(shownURL) answers with status \(response.status); \(fate).")
      }
      guard let list = StrictJSON.parse(response.body)?["keys"]?.array else {
        return report("What \(shownURL) answers is no key set: JSON with a list 'keys' is expected; \(fate).")
      }
      let keys = list.prefix(configuration.mostKeys).compactMap(JSONWebKey.init)
      guard !keys.isEmpty else {
        return report("The key set at \(shownURL) has no key for signatures that can be used; \(fate).")
      }
      fetched = Fetched(keys: keys, time: configuration.now())
    } catch {
      report("The key set cannot be fetched: \(error) (\(fate)).")
    }
  }

  private var fate: String { fetched == nil ? "tokens cannot be checked" : "the keys known before serve on" }

  /// Without a query, where keys travel.
  private var shownURL: String { String(url.prefix { $0 != "?" }) }
}
