import Accounts
import Commands
import Cryptography
import FoundationEssentials
import HTTPClient
import Models
import State
import Synchronization

/// What verifies and issues tokens, as the settings are now.
final class Tokens: Sendable {
  /// How long a person stays signed in.
  static let lifetime: TimeInterval = 12 * 3600

  private struct Kept {
    var keySet: (url: String, set: KeySet)?
    var secret: [UInt8]?
  }

  private let settings: Settings
  private let records: any RecordStore
  private let client: HTTPClient
  private let report: @Sendable (String) -> Void
  private let kept = Mutex(Kept())

  /// - Parameter report: told why a key set cannot be fetched.
  init(
    settings: Settings, records: any RecordStore, client: HTTPClient = HTTPClient(),
    report: @escaping @Sendable (String) -> Void
  ) {
    self.settings = settings
    self.records = records
    self.client = client
    self.report = report
  }

  func verifier() async throws -> TokenVerifier {
    TokenVerifier(
      secret: try await secret(), keySet: settings["JWKS_URL"].map(keySet), issuer: settings["JWT_ISSUER"],
      audiences: Set(audiences))
  }

  func issuer() async throws -> TokenIssuer {
    TokenIssuer(
      secret: try await secret(), issuer: settings["JWT_ISSUER"], audience: audiences.first,
      lifetime: Self.lifetime)
  }

  private var audiences: [String] {
    (settings["JWT_AUDIENCE"] ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
      .filter { !$0.isEmpty }
  }

  /// One for each address, as it holds the keys.
  private func keySet(_ url: String) -> KeySet {
    kept.withLock { kept in
      if let known = kept.keySet, known.url == url { return known.set }
      let set = KeySet(url: url, client: client, report: report)
      kept.keySet = (url, set)
      return set
    }
  }

  /// `JWT_SECRET`, else a random one that the state keeps: the same for all its servers, also after a restart.
  private func secret() async throws -> [UInt8] {
    if let secret = settings["JWT_SECRET"] { return Array(secret.utf8) }
    if let secret = kept.withLock({ $0.secret }) { return secret }
    let name = "token_secret"
    // The first of several servers wins.
    try await records.add(
      Record(
        id: name, kind: name, createdAt: Date(),
        content: ["secret": .string(Base64URL.encode(try RandomBytes.make(32)))]))
    let stored = try await records.record(name)?.content["secret"]?.string ?? ""
    guard let secret = Base64URL.decode(stored), secret.count >= 32 else {
      throw StateError(
        .incompatible, "The state holds no usable secret for tokens. Set JWT_SECRET to a long random text.")
    }
    kept.withLock { $0.secret = secret }
    return secret
  }
}
