import Accounts
import HTTPServer
import State
import Synchronization

/// Lets pages of the sites that keys are for call: a preflight from any of them, as it carries no key, and a request if
/// its own key names the site.
final class KeyOrigins: Sendable {
  private struct Known {
    var origins: Set<String>
    var time: ContinuousClock.Instant
  }

  /// How long a revoked key's site may still send preflights.
  private static let lifetime: Duration = .seconds(5)

  private let accounts: any AccountStore
  private let known = Mutex<Known?>(nil)

  init(accounts: any AccountStore) {
    self.accounts = accounts
  }

  func allows(_ origin: String, _ request: Request) async -> Bool {
    do {
      if request.method == .options { return try await origins().contains(origin) }
      guard let credential = Callers.credential(of: request) else { return false }
      // The secret was given to a page that showed its key.
      if credential.hasPrefix(ChatKitSecret.prefix) { return try await origins().contains(origin) }
      guard credential.hasPrefix(KeyRing.prefix) else { return false }
      return try await KeyRing(store: accounts).key(credential)?.origins.contains(origin) ?? false
    } catch {
      // The request itself will say so.
      return false
    }
  }

  private func origins() async throws -> Set<String> {
    if let known = known.withLock({ $0 }), ContinuousClock.now - known.time < Self.lifetime {
      return known.origins
    }
    let keys = try await accounts.keys().filter { !$0.isRevoked }
    let origins = Set(keys.flatMap(\.origins))
    known.withLock { $0 = Known(origins: origins, time: .now) }
    return origins
  }
}
